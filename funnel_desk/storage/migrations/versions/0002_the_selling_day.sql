ALTER TABLE pipeline ADD COLUMN "reviewed_on" TEXT;
ALTER TABLE pipeline ADD COLUMN "audience" TEXT NOT NULL DEFAULT '{"en":"","ru":""}';
ALTER TABLE pipeline ADD COLUMN "product" TEXT NOT NULL DEFAULT '{"en":"","ru":""}';
ALTER TABLE pipeline ADD COLUMN "price" TEXT NOT NULL DEFAULT '{"en":"","ru":""}';
ALTER TABLE pipeline ADD COLUMN "place" TEXT NOT NULL DEFAULT '{"en":"","ru":""}';
ALTER TABLE pipeline ADD COLUMN "promotion" TEXT NOT NULL DEFAULT '{"en":"","ru":""}';
ALTER TABLE stage ADD COLUMN "hard_days" INTEGER;
ALTER TABLE step ADD COLUMN "on_demand" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE objection ADD COLUMN "archived" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE company ADD COLUMN "tasks" TEXT NOT NULL DEFAULT '';
ALTER TABLE company ADD COLUMN "troubles" TEXT NOT NULL DEFAULT '';
ALTER TABLE company ADD COLUMN "potential" INTEGER;
ALTER TABLE company ADD COLUMN "potential_currency" TEXT NOT NULL DEFAULT '';
ALTER TABLE company ADD COLUMN "touch_every" INTEGER;
ALTER TABLE deal ADD COLUMN "follows" TEXT NOT NULL DEFAULT '';
ALTER TABLE deal ADD COLUMN "touch_every" INTEGER;
CREATE INDEX deal_follows ON deal (follows) WHERE follows != '';
CREATE TABLE criterion ( row_key INTEGER NOT NULL, id TEXT NOT NULL, deal_id TEXT NOT NULL, question TEXT NOT NULL,
    at TEXT NOT NULL, met INTEGER NOT NULL, evidence TEXT NOT NULL, PRIMARY KEY (row_key), UNIQUE (id) ) STRICT;
CREATE INDEX criterion_deal_id ON criterion (deal_id);
CREATE TABLE obstacle ( row_key INTEGER NOT NULL, id TEXT NOT NULL, deal_id TEXT NOT NULL, kind TEXT NOT NULL, text
    TEXT NOT NULL, raised_at TEXT NOT NULL, objection_id TEXT, answer TEXT NOT NULL, removed_at TEXT, PRIMARY KEY
    (row_key), UNIQUE (id) ) STRICT;
CREATE INDEX obstacle_objection_id ON obstacle (objection_id);
CREATE INDEX obstacle_deal_id ON obstacle (deal_id);
CREATE TABLE stakeholder ( row_key INTEGER NOT NULL, id TEXT NOT NULL, deal_id TEXT NOT NULL, name TEXT NOT NULL,
    part TEXT NOT NULL, contact_id TEXT, attitude TEXT NOT NULL, influence INTEGER NOT NULL, note TEXT NOT NULL, PRIMARY
    KEY (row_key), UNIQUE (id) ) STRICT;
CREATE INDEX stakeholder_contact_id ON stakeholder (contact_id);
CREATE INDEX stakeholder_deal_id ON stakeholder (deal_id);
CREATE TABLE condition ( row_key INTEGER NOT NULL, id TEXT NOT NULL, deal_id TEXT NOT NULL, text TEXT NOT NULL,
    raised_at TEXT NOT NULL, due TEXT, met_at TEXT, PRIMARY KEY (row_key), UNIQUE (id) ) STRICT;
CREATE INDEX condition_deal_id ON condition (deal_id);
CREATE TABLE risk ( row_key INTEGER NOT NULL, id TEXT NOT NULL, deal_id TEXT NOT NULL, kind TEXT NOT NULL, raised_at
    TEXT NOT NULL, text TEXT NOT NULL, settled_at TEXT, PRIMARY KEY (row_key), UNIQUE (id) ) STRICT;
CREATE INDEX risk_deal_id ON risk (deal_id);
CREATE TABLE terms_request ( row_key INTEGER NOT NULL, id TEXT NOT NULL, deal_id TEXT NOT NULL, kind TEXT NOT NULL,
    at TEXT NOT NULL, text TEXT NOT NULL, discount INTEGER, decision TEXT NOT NULL, decided_at TEXT, answer TEXT NOT
    NULL, PRIMARY KEY (row_key), UNIQUE (id) ) STRICT;
CREATE INDEX terms_request_deal_id ON terms_request (deal_id);
CREATE TABLE satisfaction ( row_key INTEGER NOT NULL, id TEXT NOT NULL, deal_id TEXT NOT NULL, mark TEXT NOT NULL,
    at TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (row_key), UNIQUE (id) ) STRICT;
CREATE INDEX satisfaction_deal_id ON satisfaction (deal_id);
CREATE TABLE claim ( row_key INTEGER NOT NULL, id TEXT NOT NULL, deal_id TEXT NOT NULL, text TEXT NOT NULL,
    raised_at TEXT NOT NULL, kind TEXT NOT NULL, settled_at TEXT, answer TEXT NOT NULL, PRIMARY KEY (row_key), UNIQUE
    (id) ) STRICT;
CREATE INDEX claim_deal_id ON claim (deal_id);
CREATE TABLE waiting ( row_key INTEGER NOT NULL, id TEXT NOT NULL, deal_id TEXT NOT NULL, on_whom TEXT NOT NULL,
    since TEXT NOT NULL, text TEXT NOT NULL, expected_on TEXT, ended_at TEXT, PRIMARY KEY (row_key), UNIQUE (id) )
    STRICT;
CREATE INDEX waiting_deal_id ON waiting (deal_id);
CREATE TABLE feedback ( row_key INTEGER NOT NULL, id TEXT NOT NULL, deal_id TEXT NOT NULL, department TEXT NOT NULL,
    text TEXT NOT NULL, at TEXT NOT NULL, reason_id TEXT, handed_at TEXT, answered_at TEXT, answer TEXT NOT NULL,
    PRIMARY KEY (row_key), UNIQUE (id) ) STRICT;
CREATE INDEX feedback_deal_id ON feedback (deal_id);
CREATE TABLE snooze ( row_key INTEGER NOT NULL, id TEXT NOT NULL, deal_id TEXT NOT NULL, at TEXT NOT NULL, until_day
    TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (row_key), UNIQUE (id) ) STRICT;
CREATE INDEX snooze_deal_id ON snooze (deal_id);
CREATE TABLE change_mark ( row_key INTEGER NOT NULL, id TEXT NOT NULL, pipeline_id TEXT NOT NULL, on_day TEXT NOT
    NULL, text TEXT NOT NULL, factor TEXT NOT NULL, stage_id TEXT, PRIMARY KEY (row_key), UNIQUE (id) ) STRICT;
CREATE INDEX change_mark_pipeline_id ON change_mark (pipeline_id);
CREATE TABLE own_field ( row_key INTEGER NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, choices
    TEXT NOT NULL, position INTEGER NOT NULL, archived INTEGER NOT NULL, PRIMARY KEY (row_key), UNIQUE (id) ) STRICT;
CREATE TABLE saved_view ( row_key INTEGER NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, filter TEXT NOT NULL,
    columns TEXT NOT NULL, sort TEXT NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (row_key), UNIQUE (id) ) STRICT;
CREATE TABLE rate ( row_key INTEGER NOT NULL, id TEXT NOT NULL, currency TEXT NOT NULL, on_day TEXT NOT NULL, worth
    TEXT NOT NULL, PRIMARY KEY (row_key), UNIQUE (id) ) STRICT;
CREATE TABLE source_cost ( row_key INTEGER NOT NULL, id TEXT NOT NULL, source TEXT NOT NULL, from_day TEXT NOT NULL,
    to_day TEXT NOT NULL, amount INTEGER NOT NULL, currency TEXT NOT NULL, PRIMARY KEY (row_key), UNIQUE (id) ) STRICT;
CREATE TABLE goal ( row_key INTEGER NOT NULL, id TEXT NOT NULL, amount INTEGER NOT NULL, currency TEXT NOT NULL,
    from_day TEXT NOT NULL, to_day TEXT NOT NULL, pipeline_id TEXT, PRIMARY KEY (row_key), UNIQUE (id) ) STRICT;
CREATE TABLE review ( row_key INTEGER NOT NULL, id TEXT NOT NULL, on_day TEXT NOT NULL, at TEXT NOT NULL, text TEXT
    NOT NULL, decisions TEXT NOT NULL, PRIMARY KEY (row_key), UNIQUE (id) ) STRICT;
CREATE TABLE not_duplicate ( row_key INTEGER NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL, first TEXT NOT NULL,
    second TEXT NOT NULL, PRIMARY KEY (row_key), UNIQUE (id) ) STRICT;
CREATE TABLE erasure ( batch INTEGER NOT NULL, seq INTEGER NOT NULL, target_batch TEXT NOT NULL, target_seq INTEGER
    NOT NULL, field TEXT NOT NULL, PRIMARY KEY (batch, seq) ) WITHOUT ROWID, STRICT;
