-- SPDX-License-Identifier: EUPL-1.2
-- People, by the opaque id that journals know them by, and the tokens that make their bearer one
-- actor. Of a secret only the hash is kept: it is 256 random bits, so that a salt would add
-- nothing.

create table person (
    id text not null primary key,
    display_name text not null,
    created_at integer not null,
    disabled_at integer                 -- null: not disabled
) strict;

create table token (
    sha256 text not null primary key,
    person_id text not null references person (id),
    role text not null,
    office text not null,
    party text not null,
    valid_from integer not null,
    valid_until integer not null,       -- exclusive
    label text not null,
    is_session integer not null,
    created_at integer not null,
    revoked_at integer                  -- null: not revoked
) strict, without rowid;

create index token_by_person on token (person_id, created_at);
create index token_session on token (valid_until) where is_session = 1;
