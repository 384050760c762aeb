-- The roles an account can have; their names are those of Accounts/Roles.cs (a test compares them).
insert into identity_roles (id, name, normalized_name, concurrency_stamp)
select gen_random_uuid(), role, upper(role), gen_random_uuid()::text
from unnest(array['Admin', 'City', 'Advisor', 'Member', 'Buyer', 'Reviewer', 'Partner']) as role
on conflict (normalized_name) do nothing;
