"""What no model can say: records that never change, a case that agrees with its latest event, statistics for search."""

from django.db import migrations

REFUSE_CHANGES = """
CREATE FUNCTION signposting_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- The one way to delete: retention.erase, which sets this for its own transaction.
    IF TG_OP = 'DELETE' AND current_setting('signposting.erasing', true) = 'on' THEN RETURN OLD; END IF;
    RAISE EXCEPTION '% rows are never changed or deleted', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER signposting_events_are_append_only BEFORE UPDATE OR DELETE ON signposting_enquiryevent
    FOR EACH ROW EXECUTE FUNCTION signposting_refuse_change();
CREATE TRIGGER signposting_messages_are_append_only BEFORE UPDATE OR DELETE ON signposting_message
    FOR EACH ROW EXECUTE FUNCTION signposting_refuse_change();
"""

REFUSE_CHANGES_BACK = """
DROP TRIGGER signposting_messages_are_append_only ON signposting_message;
DROP TRIGGER signposting_events_are_append_only ON signposting_enquiryevent;
DROP FUNCTION signposting_refuse_change();
"""

# Compared at commit, because an enquiry and its first event cannot be written in one statement.
STANDING_AGREES = """
CREATE FUNCTION signposting_check_standing() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    the_enquiry bigint;
    agrees boolean;
BEGIN
    IF TG_TABLE_NAME = 'signposting_enquiry' THEN the_enquiry := NEW.id; ELSE the_enquiry := NEW.enquiry_id; END IF;
    SELECT e.status = v.status AND e.holder_id = v.holder_id AND e.adviser_id IS NOT DISTINCT FROM v.adviser_id
           AND e.version = v.number
      INTO agrees
      FROM signposting_enquiry e
      LEFT JOIN LATERAL (SELECT status, holder_id, adviser_id, number FROM signposting_enquiryevent
                          WHERE enquiry_id = e.id ORDER BY number DESC LIMIT 1) v ON true
     WHERE e.id = the_enquiry;
    IF NOT FOUND THEN RETURN NULL; END IF;  -- erased meanwhile
    IF agrees IS NOT TRUE THEN
        RAISE EXCEPTION 'enquiry % does not agree with its latest event', the_enquiry
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER signposting_standing_agrees
    AFTER INSERT OR UPDATE OF status, holder_id, adviser_id, version ON signposting_enquiry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION signposting_check_standing();
CREATE CONSTRAINT TRIGGER signposting_event_is_the_standing
    AFTER INSERT ON signposting_enquiryevent
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION signposting_check_standing();
"""

STANDING_AGREES_BACK = """
DROP TRIGGER signposting_event_is_the_standing ON signposting_enquiryevent;
DROP TRIGGER signposting_standing_agrees ON signposting_enquiry;
DROP FUNCTION signposting_check_standing();
"""

# The facts of an enquiry and a published version of the rules are what a replay rests on.
PAST_IS_FIXED = """
CREATE FUNCTION signposting_refuse_published() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    sets bigint[];
BEGIN
    IF TG_OP <> 'INSERT' THEN sets := sets || OLD.rule_set_id; END IF;
    IF TG_OP <> 'DELETE' THEN sets := sets || NEW.rule_set_id; END IF;
    -- Waits for a publication that is under way, and makes a later one wait for this change.
    PERFORM FROM signposting_ruleset WHERE id = ANY (sets) FOR SHARE;
    IF EXISTS (SELECT FROM signposting_ruleset WHERE id = ANY (sets) AND published_at IS NOT NULL) THEN
        RAISE EXCEPTION 'a published version of the rules never changes' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER signposting_published_rules_are_fixed BEFORE INSERT OR UPDATE OR DELETE ON signposting_routingrule
    FOR EACH ROW EXECUTE FUNCTION signposting_refuse_published();

CREATE FUNCTION signposting_refuse_unpublishing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.published_at IS NOT NULL THEN
        RAISE EXCEPTION 'a published version of the rules never changes' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER signposting_published_sets_are_fixed BEFORE UPDATE OR DELETE ON signposting_ruleset
    FOR EACH ROW EXECUTE FUNCTION signposting_refuse_unpublishing();

CREATE TRIGGER signposting_facts_are_fixed
    BEFORE UPDATE OF reference, submission_key, channel, sent_at, enquirer_kind, nation, place, employer_type,
        employer_name, sector, staff_count, stage, topics, ownership_idea, question, excluded_bodies, rule_set_id
    ON signposting_enquiry FOR EACH ROW EXECUTE FUNCTION signposting_refuse_change();
"""

PAST_IS_FIXED_BACK = """
DROP TRIGGER signposting_facts_are_fixed ON signposting_enquiry;
DROP TRIGGER signposting_published_sets_are_fixed ON signposting_ruleset;
DROP FUNCTION signposting_refuse_unpublishing();
DROP TRIGGER signposting_published_rules_are_fixed ON signposting_routingrule;
DROP FUNCTION signposting_refuse_published();
"""


# With the usual 100 PostgreSQL takes a rare word for a common one, and reads a body's whole past for it.
RARE_WORDS = "ALTER TABLE signposting_enquiry ALTER COLUMN words SET STATISTICS 1000"
RARE_WORDS_BACK = "ALTER TABLE signposting_enquiry ALTER COLUMN words SET STATISTICS -1"


class Migration(migrations.Migration):
    dependencies = [("signposting", "0001_initial")]

    operations = [
        migrations.RunSQL(REFUSE_CHANGES, REFUSE_CHANGES_BACK),
        migrations.RunSQL(STANDING_AGREES, STANDING_AGREES_BACK),
        migrations.RunSQL(PAST_IS_FIXED, PAST_IS_FIXED_BACK),
        migrations.RunSQL(RARE_WORDS, RARE_WORDS_BACK),
    ]
