-- Every edit of anything a listing shows leaves a note for the catalogs of all nodes, in the same transaction.
-- The note carries the transaction's id: readers go by pg_snapshot_xmin, because commit order is not id order.
create or replace function note_catalog_change() returns trigger language plpgsql as $$
declare
  companies integer[];
begin
  if tg_table_name = 'company' then
    companies := case when tg_op = 'DELETE' then array[old.id] else array[new.id] end;
  else
    -- A row that moves from one company to another changes both.
    companies := case tg_op when 'DELETE' then array[old.company_id] when 'INSERT' then array[new.company_id]
                            else array[old.company_id, new.company_id] end;
  end if;
  insert into catalog_change (company_id, xid)
  select distinct company, pg_current_xact_id() from unnest(companies) company
  where not exists (select from catalog_change where company_id = company and xid = pg_current_xact_id());
  perform pg_notify('catalog_change', '');
  return null;
end $$;

do $$
declare
  t text;
begin
  foreach t in array array['company', 'company_site', 'capability', 'equipment', 'product', 'company_certification',
                           'company_section', 'capability_offer', 'award', 'membership'] loop
    execute format('create or replace trigger note_catalog_change after insert or update or delete on %I
                    for each row execute function note_catalog_change()', t);
  end loop;
end $$;

-- Notes from the future come from the database this one was restored from: its transaction ids are about to be used again here, and an
-- edit whose id already stands in a note would leave none.
delete from catalog_change where xid >= pg_snapshot_xmax(pg_current_snapshot());
