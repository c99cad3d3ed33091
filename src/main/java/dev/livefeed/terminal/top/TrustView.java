package dev.livefeed.terminal.top;

import dev.livefeed.terminal.screen.Flow;
import dev.livefeed.terminal.screen.Frame;
import dev.livefeed.terminal.screen.Tone;
import java.util.ArrayList;
import java.util.List;

/** Whether the data is real, and whether the feed can be trusted: the first lines. */
final class TrustView {

    /** An event that is older is no sign of life. */
    static final long STALE_AFTER = 5_000;

    private static final int MOST_SOURCES = 4;
    private static final int MOST_REASONS = 3;
    /** In milliseconds. */
    private static final long SLOW_LAG = 2_000;

    private final TopModel model;

    TrustView(TopModel model) {
        this.model = model;
    }

    /** Draws from a row on, but not from {@code bottom} on; returns the next row. */
    int draw(Frame frame, int from, int bottom) {
        int row = from;
        row = row < bottom ? notReal(frame, row) : row;
        row = row < bottom ? connection(frame, row) : row;
        Health health = model.health();
        if (health == null) {
            if (row < bottom) {
                frame.put(row++, 0, "waiting for the state of the feed", Tone.FAINT);
            }
            return row;
        }
        for (Health.Source source :
                health.sources().stream().limit(MOST_SOURCES).toList()) {
            row = source(frame, row, bottom, source);
        }
        if (health.sources().size() > MOST_SOURCES && row < bottom) {
            frame.put(row++, 0, "and " + (health.sources().size() - MOST_SOURCES) + " more sources", Tone.PLAIN);
        }
        return reasons(frame, row, bottom, health);
    }

    private int notReal(Frame frame, int row) {
        Health health = model.health();
        Health.FeedTrust feed = model.feed();
        String text;
        if (health != null && health.replay() || feed != null && feed.state().equals("replay")) {
            text = "REPLAYED DATA: not happening now";
        } else if (feed != null && feed.synthetic()) {
            text = "SYNTHETIC DATA: not a real market";
        } else {
            return row;
        }
        frame.tint(row, 0, frame.columns(), Tone.NOT_REAL);
        frame.put(row, 1, text, Tone.NOT_REAL);
        return row + 1;
    }

    /** What is wrong with the connection to the program; nothing if it is right. */
    private int connection(Frame frame, int row) {
        ProgramLink link = model.link();
        long now = model.now();
        String text;
        if (link.state() == ProgramLink.State.LOST) {
            long left = link.retryAt() - now;
            text = "connection lost " + Words.duration(now - link.since()) + " ago, "
                    + (left > 0 ? "next attempt in " + Words.duration(left) : "trying") + " (" + link.reason() + ")";
        } else if (model.silentFor() > STALE_AFTER) {
            text = "nothing heard for " + Words.duration(model.silentFor());
        } else {
            return row;
        }
        frame.tint(row, 0, frame.columns(), Tone.NOT_CURRENT);
        frame.put(row, 1, "NOT CURRENT: " + text, Tone.NOT_CURRENT);
        return row + 1;
    }

    private int source(Frame frame, int row, int bottom, Health.Source source) {
        if (row >= bottom) {
            return row;
        }
        boolean alive = model.link().isOpen() && model.silentFor() <= STALE_AFTER;
        Health.FeedTrust trust = source.trust();
        Flow flow = new Flow(frame, row, Math.min(3, bottom - row), 2);
        String name = source.venue().equals(source.name()) || source.venue().isEmpty()
                ? source.name()
                : source.venue() + " " + source.name();
        flow.add(name, Tone.STRONG);
        if (!alive) {
            flow.add("last known: " + state(trust), Tone.FAINT);
        } else {
            flow.add(state(trust), trust.ready() ? Tone.GOOD : trust.connected() ? Tone.WARN : Tone.BAD);
        }
        retry(flow, source, alive);
        if (!source.blocked().isEmpty()) {
            flow.add("blocked by " + source.blocked(), Tone.BAD);
        }
        long age = model.age(source.lastEventAt());
        flow.add(
                age < 0 ? "no event yet" : "event " + Words.duration(age) + " ago",
                age < 0 || age > STALE_AFTER ? Tone.BAD : Tone.PLAIN);
        if (source.lag() != null) {
            flow.add(
                    "lag p50 " + Words.millis(source.lag().p50()) + " p99 "
                            + Words.millis(source.lag().p99()) + " ms",
                    !alive ? Tone.FAINT : source.lag().p99() > SLOW_LAG ? Tone.WARN : Tone.PLAIN);
        }
        Health.Today today = source.today();
        flow.add(today.gaps() == 0 ? "" : "gaps today " + today.gaps(), Tone.WARN);
        flow.add(today.restarts() == 0 ? "" : "restarts " + today.restarts(), Tone.PLAIN);
        return flow.next();
    }

    private void retry(Flow flow, Health.Source source, boolean alive) {
        Health.Retry retry = source.retry();
        if (retry == null || !alive || source.trust().ready()) {
            return;
        }
        long left = retry.nextAt() == 0 ? 0 : retry.nextAt() - model.programTime();
        String what = retry.attempt() == 0 ? "next round" : "retry " + retry.attempt() + " of " + retry.of();
        flow.add(what + (left > 0 ? " in " + Words.duration(left) : " runs"), Tone.BAD);
    }

    private static String state(Health.FeedTrust trust) {
        if (trust.ready()) {
            return "READY connected fresh";
        }
        return !trust.connected() ? "NOT CONNECTED" : !trust.fresh() ? "NOT FRESH connected" : "NOT READY connected";
    }

    private int reasons(Frame frame, int from, int bottom, Health health) {
        List<String> reasons = new ArrayList<>();
        if (!health.trust().ready()) {
            reasons.addAll(health.trust().reasons());
        }
        reasons.addAll(health.alarms());
        if (reasons.isEmpty() && !model.incident().isEmpty()) {
            reasons.add("last: " + model.incident());
        }
        if (model.lost() > 0) {
            reasons.add(model.lost() + " messages lost: this terminal is too slow");
        }
        int row = from;
        int most = frame.rows() < 20 ? 1 : MOST_REASONS;
        for (String reason : reasons.stream().limit(most).toList()) {
            if (row >= bottom) {
                return row;
            }
            Flow flow = new Flow(frame, row, Math.min(2, bottom - row), 2);
            flow.addWords("! " + reason, Tone.WARN);
            row = flow.next();
        }
        return row;
    }
}
