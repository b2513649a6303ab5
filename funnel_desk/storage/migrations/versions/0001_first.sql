CREATE TABLE IF NOT EXISTS workspace (row_key INTEGER NOT NULL, id TEXT NOT NULL, currency TEXT NOT NULL, time_zone
    TEXT NOT NULL, PRIMARY KEY (row_key), UNIQUE (id)) STRICT;
CREATE TABLE IF NOT EXISTS pipeline (row_key INTEGER NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, playbook_key
    TEXT NOT NULL, direction TEXT NOT NULL, typical_client TEXT NOT NULL, source TEXT NOT NULL, position INTEGER NOT
    NULL, archived INTEGER NOT NULL, PRIMARY KEY (row_key), UNIQUE (id)) STRICT;
CREATE TABLE IF NOT EXISTS stage (row_key INTEGER NOT NULL, id TEXT NOT NULL, pipeline_id TEXT NOT NULL, "key" TEXT
    NOT NULL, name TEXT NOT NULL, position INTEGER NOT NULL, side TEXT NOT NULL, probability INTEGER NOT NULL,
    stalled_days INTEGER, exit_rule TEXT NOT NULL, archived INTEGER NOT NULL, PRIMARY KEY (row_key), UNIQUE (id)) STRICT;
CREATE INDEX IF NOT EXISTS stage_pipeline_id ON stage (pipeline_id);
CREATE TABLE IF NOT EXISTS step (row_key INTEGER NOT NULL, id TEXT NOT NULL, pipeline_id TEXT NOT NULL, stage_id
    TEXT NOT NULL, "key" TEXT NOT NULL, title TEXT NOT NULL, kind TEXT NOT NULL, position INTEGER NOT NULL, "after" TEXT
    NOT NULL, days INTEGER NOT NULL, working INTEGER NOT NULL, every INTEGER, until TEXT NOT NULL, required INTEGER NOT
    NULL, role TEXT NOT NULL, say TEXT NOT NULL, ask TEXT NOT NULL, done_when TEXT NOT NULL, result TEXT NOT NULL, sends
    TEXT NOT NULL, archived INTEGER NOT NULL, PRIMARY KEY (row_key), UNIQUE (id)) STRICT;
CREATE INDEX IF NOT EXISTS step_pipeline_id ON step (pipeline_id);
CREATE TABLE IF NOT EXISTS objection (row_key INTEGER NOT NULL, id TEXT NOT NULL, pipeline_id TEXT NOT NULL, "key"
    TEXT NOT NULL, says TEXT NOT NULL, answer TEXT NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (row_key), UNIQUE
    (id)) STRICT;
CREATE INDEX IF NOT EXISTS objection_pipeline_id ON objection (pipeline_id);
CREATE TABLE IF NOT EXISTS lost_reason (row_key INTEGER NOT NULL, id TEXT NOT NULL, "key" TEXT NOT NULL, name TEXT
    NOT NULL, position INTEGER NOT NULL, archived INTEGER NOT NULL, PRIMARY KEY (row_key), UNIQUE (id)) STRICT;
CREATE TABLE IF NOT EXISTS company (row_key INTEGER NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, site TEXT NOT
    NULL, industry TEXT NOT NULL, usage TEXT NOT NULL, segment TEXT NOT NULL, size TEXT NOT NULL, price_sensitivity TEXT
    NOT NULL, owner TEXT NOT NULL, note TEXT NOT NULL, PRIMARY KEY (row_key), UNIQUE (id)) STRICT;
CREATE TABLE IF NOT EXISTS contact (row_key INTEGER NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, company_id TEXT,
    email TEXT NOT NULL, phone TEXT NOT NULL, messenger TEXT NOT NULL, role TEXT NOT NULL, attitude TEXT NOT NULL, note
    TEXT NOT NULL, PRIMARY KEY (row_key), UNIQUE (id)) STRICT;
CREATE INDEX IF NOT EXISTS contact_company_id ON contact (company_id);
CREATE TABLE IF NOT EXISTS deal (row_key INTEGER NOT NULL, id TEXT NOT NULL, pipeline_id TEXT NOT NULL, stage_id
    TEXT NOT NULL, created_at TEXT NOT NULL, title TEXT NOT NULL, external_id TEXT NOT NULL, company_id TEXT, contact_id
    TEXT, value INTEGER, currency TEXT NOT NULL, probability INTEGER, source TEXT NOT NULL, product TEXT NOT NULL,
    segment TEXT NOT NULL, kind TEXT NOT NULL, owner TEXT NOT NULL, first_contact_at TEXT, expected_close TEXT, note
    TEXT NOT NULL, tags TEXT NOT NULL, custom TEXT NOT NULL, PRIMARY KEY (row_key), UNIQUE (id)) STRICT;
CREATE INDEX IF NOT EXISTS deal_company_id ON deal (company_id);
CREATE INDEX IF NOT EXISTS deal_pipeline_id ON deal (pipeline_id);
CREATE INDEX IF NOT EXISTS deal_contact_id ON deal (contact_id);
CREATE INDEX IF NOT EXISTS deal_external_id ON deal (external_id);
CREATE TABLE IF NOT EXISTS stage_event (row_key INTEGER NOT NULL, id TEXT NOT NULL, deal_id TEXT NOT NULL, previous
    TEXT NOT NULL, kind TEXT NOT NULL, pipeline_id TEXT NOT NULL, stage_id TEXT NOT NULL, at TEXT NOT NULL, value
    INTEGER, currency TEXT NOT NULL, probability INTEGER, reason_id TEXT, reason TEXT NOT NULL, because TEXT NOT NULL,
    path_known INTEGER NOT NULL, PRIMARY KEY (row_key), UNIQUE (id)) STRICT;
CREATE INDEX IF NOT EXISTS stage_event_deal_id ON stage_event (deal_id, previous);
CREATE TABLE IF NOT EXISTS touched_step (row_key INTEGER NOT NULL, id TEXT NOT NULL, deal_id TEXT NOT NULL, entry_id
    TEXT NOT NULL, step_id TEXT NOT NULL, act TEXT NOT NULL, at TEXT NOT NULL, due TEXT, result TEXT NOT NULL, note TEXT
    NOT NULL, activity_id TEXT, PRIMARY KEY (row_key), UNIQUE (id)) STRICT;
CREATE INDEX IF NOT EXISTS touched_step_deal_id ON touched_step (deal_id);
CREATE TABLE IF NOT EXISTS activity (row_key INTEGER NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL, deal_id TEXT,
    company_id TEXT, contact_id TEXT, step_id TEXT, direction TEXT NOT NULL, at TEXT, planned_for TEXT, minutes INTEGER,
    result TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (row_key), UNIQUE (id)) STRICT;
CREATE INDEX IF NOT EXISTS activity_deal_id ON activity (deal_id);
CREATE INDEX IF NOT EXISTS activity_contact_id ON activity (contact_id);
CREATE INDEX IF NOT EXISTS activity_company_id ON activity (company_id);
CREATE TABLE IF NOT EXISTS batch ("key" INTEGER NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL, label TEXT NOT NULL,
    arguments TEXT NOT NULL, at TEXT NOT NULL, author_id TEXT NOT NULL, author TEXT NOT NULL, lamport INTEGER NOT NULL,
    target TEXT, siblings TEXT NOT NULL, digest TEXT NOT NULL, PRIMARY KEY ("key"), UNIQUE (id)) STRICT;
CREATE INDEX IF NOT EXISTS batch_target ON batch (target);
CREATE INDEX IF NOT EXISTS batch_lamport ON batch (lamport);
CREATE TABLE IF NOT EXISTS change ("key" INTEGER NOT NULL, batch INTEGER NOT NULL, seq INTEGER NOT NULL, kind TEXT
    NOT NULL, root TEXT NOT NULL, tbl TEXT NOT NULL, "row" TEXT NOT NULL, field TEXT, value TEXT, PRIMARY KEY ("key"),
    UNIQUE (batch, seq)) STRICT;
CREATE INDEX IF NOT EXISTS change_root ON change (root);
CREATE INDEX IF NOT EXISTS change_step ON change ("row") WHERE tbl = 'step';
CREATE INDEX IF NOT EXISTS change_fork ON change (root) WHERE field > 'fork:' AND field < 'fork;';
CREATE TABLE IF NOT EXISTS replaced ("by" INTEGER NOT NULL, target INTEGER NOT NULL, PRIMARY KEY ("by", target))
    WITHOUT ROWID, STRICT;
CREATE INDEX IF NOT EXISTS replaced_target ON replaced (target);
CREATE TABLE IF NOT EXISTS mark ("key" INTEGER NOT NULL, batch INTEGER NOT NULL, seq INTEGER NOT NULL, target
    INTEGER NOT NULL, undone INTEGER NOT NULL, PRIMARY KEY ("key"), UNIQUE (batch, seq)) STRICT;
CREATE INDEX IF NOT EXISTS mark_target ON mark (target);
CREATE TABLE IF NOT EXISTS mark_replaced ("by" INTEGER NOT NULL, target INTEGER NOT NULL, PRIMARY KEY ("by",
    target)) WITHOUT ROWID, STRICT;
CREATE INDEX IF NOT EXISTS mark_replaced_target ON mark_replaced (target);
CREATE TABLE IF NOT EXISTS withdrawn (batch INTEGER NOT NULL, PRIMARY KEY (batch)) WITHOUT ROWID, STRICT;
CREATE TABLE IF NOT EXISTS merge_record ("key" INTEGER NOT NULL, id TEXT NOT NULL, at TEXT NOT NULL, author_id TEXT
    NOT NULL, author TEXT NOT NULL, file TEXT NOT NULL, new_changes INTEGER NOT NULL, created INTEGER NOT NULL, changed
    INTEGER NOT NULL, deleted INTEGER NOT NULL, deals INTEGER NOT NULL, conflicts INTEGER NOT NULL, PRIMARY KEY ("key"),
    UNIQUE (id)) STRICT;
CREATE TABLE IF NOT EXISTS merged_batch (batch INTEGER NOT NULL, record INTEGER NOT NULL, PRIMARY KEY (batch))
    WITHOUT ROWID, STRICT;
CREATE INDEX IF NOT EXISTS merged_batch_record ON merged_batch (record);
CREATE TABLE IF NOT EXISTS undone (change INTEGER NOT NULL, PRIMARY KEY (change)) WITHOUT ROWID, STRICT;
CREATE TABLE IF NOT EXISTS stay (row_key INTEGER NOT NULL, deal_id TEXT NOT NULL, place INTEGER NOT NULL,
    pipeline_id TEXT NOT NULL, stage_id TEXT NOT NULL, entry_id TEXT NOT NULL, entered TEXT NOT NULL, "left" TEXT, ended
    TEXT NOT NULL, PRIMARY KEY (row_key)) STRICT;
CREATE INDEX IF NOT EXISTS stay_deal ON stay (deal_id);
CREATE INDEX IF NOT EXISTS stay_pipeline ON stay (pipeline_id);
CREATE TABLE IF NOT EXISTS passage (row_key INTEGER NOT NULL, deal_id TEXT NOT NULL, pipeline_id TEXT NOT NULL,
    stage_id TEXT NOT NULL, arrived TEXT NOT NULL, outcome TEXT NOT NULL, closed_at TEXT, won_at TEXT, path_known
    INTEGER NOT NULL, won_then_lost INTEGER NOT NULL, reason_id TEXT, reason TEXT NOT NULL, PRIMARY KEY (row_key))
    STRICT;
CREATE INDEX IF NOT EXISTS passage_pipeline ON passage (pipeline_id);
CREATE INDEX IF NOT EXISTS passage_deal ON passage (deal_id);
CREATE TABLE IF NOT EXISTS deal_state (deal_id TEXT NOT NULL, row_key INTEGER NOT NULL, pipeline_id TEXT NOT NULL,
    stage_id TEXT NOT NULL, entry_id TEXT NOT NULL, entered TEXT NOT NULL, outcome TEXT NOT NULL, closed_at TEXT, won_at
    TEXT, path_known INTEGER NOT NULL, reason_id TEXT, reason TEXT NOT NULL, probability INTEGER NOT NULL, first_contact
    TEXT NOT NULL, last_contact TEXT, last_touch TEXT NOT NULL, planned_at TEXT, next_kind TEXT NOT NULL, next_due TEXT,
    next_step_id TEXT, next_activity_id TEXT, search TEXT NOT NULL, PRIMARY KEY (deal_id), UNIQUE (row_key)) STRICT;
CREATE INDEX IF NOT EXISTS deal_state_due ON deal_state (next_due);
CREATE INDEX IF NOT EXISTS deal_state_stage ON deal_state (stage_id);
