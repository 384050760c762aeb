-- A company is told of what its machines imply (推定) when the mail that lists it was accepted. The row of the mail is changed by the
-- dispatcher's own statements, so the database passes it on: in the same transaction, and the catalogs of all nodes follow.
create or replace function note_offers_told() returns trigger language plpgsql as $$
begin
  update capability_offer set told_at = now(), told_by = 'Mail'
  where company_id = new.subject::integer and mailed_at is not null and told_at is null;
  return null;
end $$;

create or replace trigger note_offers_told after update of state on outgoing_mail for each row
when (new.state = 'Sent' and old.state <> 'Sent' and new.kind = 'capability.offers') execute function note_offers_told();
