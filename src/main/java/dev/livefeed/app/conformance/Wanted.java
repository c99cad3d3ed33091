package dev.livefeed.app.conformance;

import dev.livefeed.app.feed.Subscription;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.InstrumentId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The subscriptions that are active: what events may be about. Not thread-safe. */
final class Wanted {

    private final RuleFindings findings;
    private final List<Subscription> active = new ArrayList<>();
    private final Map<String, Subscription> leaving = new HashMap<>();
    private long events;

    Wanted(RuleFindings findings) {
        this.findings = findings;
    }

    void add(Subscription subscription) {
        active.add(subscription);
    }

    void remove(Subscription subscription) {
        active.remove(subscription);
    }

    /** The answer with that id will end the subscription. */
    void leaving(String id, Subscription subscription) {
        leaving.put(id, subscription);
    }

    /** A command is answered by {@code unsubscribed}. */
    void unsubscribed(String id) {
        active.remove(leaving.remove(id));
    }

    /** Number of events of subscribed channels so far. */
    long events() {
        return events;
    }

    /** Counts an event; false if it is not subscribed, which is reported. */
    boolean event(String channel, InstrumentId instrument, byte[] line) {
        boolean asked = active.stream()
                .anyMatch(one -> carries(one.channel(), channel)
                        && (one.instrument().matches(instrument)
                                || one.instrument().covers(instrument)));
        if (asked) {
            events++;
        } else {
            findings.failed(
                    ProtocolRule.ONLY_SUBSCRIBED,
                    "an event of " + channel + " of " + instrument.market() + " came, which is not subscribed",
                    line);
        }
        return asked;
    }

    /** A book of any depth may belong to the channel {@code depth}. */
    private static boolean carries(String subscribed, String channel) {
        return subscribed.equals(channel) || (Depth.carriedBy(subscribed) && Depth.carriedBy(channel));
    }

    /** Nothing more comes. */
    void end() {
        if (events == 0) {
            findings.notApplicable(ProtocolRule.ONLY_SUBSCRIBED, "no event came while it was watched");
        } else {
            findings.ok(ProtocolRule.ONLY_SUBSCRIBED, events + " events of subscribed channels");
        }
    }
}
