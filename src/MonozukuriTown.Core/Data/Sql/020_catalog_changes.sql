-- Every edit of anything a listing shows leaves a note for the catalogs of all nodes, in the same transaction.
-- The note carries the transaction's id: readers go by pg_snapshot_xmin, because commit order is not id order.
create or replace function note_catalog_change() returns trigger language plpgsql as $$
declare
  company integer;
begin
  if tg_table_name = 'company' then
    company := case when tg_op = 'DELETE' then old.id else new.id end;
  else
    company := case when tg_op = 'DELETE' then old.company_id else new.company_id end;
  end if;
  insert into catalog_change (company_id, xid)
  select company, pg_current_xact_id()
  where not exists (select from catalog_change where company_id = company and xid = pg_current_xact_id());
  perform pg_notify('catalog_change', '');
  return null;
end $$;

do $$
declare
  t text;
begin
  foreach t in array array['company', 'company_site', 'capability', 'equipment', 'product', 'company_certification',
                           'company_section', 'award', 'membership'] loop
    execute format('create or replace trigger note_catalog_change after insert or update or delete on %I
                    for each row execute function note_catalog_change()', t);
  end loop;
end $$;
