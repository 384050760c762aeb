-- town_app runs the site. It reads and writes rows; it owns nothing, and the change log is append-only for it.
do $$
begin
  if not exists (select from pg_roles where rolname = 'town_app') or current_user = 'town_app' then
    return; -- one role for everything (a managed server with a single account): nothing to separate
  end if;
  execute format('grant usage on schema %I to town_app', current_schema());
  execute format('grant select, insert, update, delete on all tables in schema %I to town_app', current_schema());
  execute format('grant usage, select on all sequences in schema %I to town_app', current_schema());
  revoke update, delete, truncate on change_log, change_log_personal, consent from town_app;
  revoke insert, update, delete, truncate on "__EFMigrationsHistory" from town_app;
end $$;

-- The one way to forget a person's old values. Keeps that something was changed, by whom and when.
create or replace function erase_personal_changes(change_ids bigint[]) returns integer
language sql security definer set search_path from current as $$
  with erased as (
    update change_log_personal set cells = '{}'::jsonb where change_id = any(change_ids) returning 1)
  select count(*)::integer from erased;
$$;
revoke all on function erase_personal_changes(bigint[]) from public;
do $$
begin
  if exists (select from pg_roles where rolname = 'town_app') then
    grant execute on function erase_personal_changes(bigint[]) to town_app;
  end if;
end $$;
