package dev.livefeed.app.health;

import dev.livefeed.app.feed.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Whether one wanted instrument is ready: no subscription refused or left unconfirmed, books synced, and data as recent
 * as usual. Data that comes less than once in {@code HEALTH_QUIET}, or has not come often enough to know, is not
 * judged. Not thread-safe.
 */
final class InstrumentReadiness {

    private final String name;
    private final HealthLimits limits;
    private final UsualInterval usual = new UsualInterval();
    private final UnnamedConnections connections;
    private final Hysteresis ready;
    private long freshUntil = Long.MIN_VALUE;
    /** By how much its next event is late; nothing is known without data. */
    private long overdue = Long.MAX_VALUE;

    InstrumentReadiness(String name, HealthLimits limits) {
        this.name = name;
        this.limits = limits;
        this.connections = new UnnamedConnections(name, limits);
        this.ready = new Hysteresis(limits.ready());
    }

    /**
     * Looks at the instrument while its connector is connected.
     *
     * @param newest time of its newest event, -1 if there is none from the running process
     * @param learn whether the time between events says something about the market
     * @param doubt about channels whose connection may be down, or null
     * @param faulty returns what is wrong with a subscription that is not refused, or null
     * @return why it is not ready; empty if it is
     */
    List<String> look(
            List<Subscription> subscriptions,
            long newest,
            long now,
            boolean learn,
            UnnamedConnections.Doubt doubt,
            Function<Subscription, String> faulty) {
        if (newest >= 0 && learn) {
            usual.event(newest);
        } else if (!learn) {
            usual.interrupt();
        }
        List<String> faults = faults(subscriptions, faulty);
        freshUntil = newest < 0 ? Long.MIN_VALUE : newest + usual.limit(limits);
        overdue = newest < 0 ? Long.MAX_VALUE : Math.max(0, now - freshUntil);
        boolean late = newest >= 0 && overdue > 0 && usual.judged(limits);
        if (late) {
            faults.add("no data of " + name + " for " + (now - newest) / 1_000 + " s; usual are "
                    + Math.max(1, usual.millis() / 1_000) + " s");
        }
        if (subscriptions.stream().anyMatch(InstrumentReadiness::refused)) {
            ready.drop();
            return faults;
        }
        boolean synced = faults.size() == (late ? 1 : 0);
        long since = late && synced ? now - overdue : now;
        // It stays ready until data is missing, but does not become ready before there is data.
        if (doubt != null && (doubt.lateFrom() <= now || !ready.current())) {
            faults.add(doubt.reason());
            since = synced ? Math.min(since, doubt.lateFrom()) : since;
        }
        if (ready.update(faults.isEmpty(), since, now)) {
            return List.of();
        }
        if (faults.isEmpty()) {
            faults.add(name + " is well again, but not yet for READY_AFTER ("
                    + limits.ready().readyAfter().toMillis() / 1000.0 + " s)");
        }
        return faults;
    }

    /** It joins a feed that is ready: it counts as ready until it has not been for {@code UNREADY_AFTER}. */
    void joinsReadyFeed() {
        ready.presume();
    }

    /** Its connection is lost: not ready at once. Returns what else is wrong. */
    List<String> lost(List<Subscription> subscriptions, Function<Subscription, String> faulty) {
        interrupt();
        ready.drop();
        clear();
        return faults(subscriptions, faulty);
    }

    /** No process runs; the next one starts anew. */
    void reset() {
        interrupt();
        ready.reset();
        clear();
    }

    private void interrupt() {
        usual.interrupt();
        connections.interrupt();
    }

    private void clear() {
        freshUntil = Long.MIN_VALUE;
        overdue = Long.MAX_VALUE;
    }

    UnnamedConnections connections() {
        return connections;
    }

    /** By how many milliseconds its next event is late. */
    long overdue() {
        return overdue;
    }

    /** Until when its newest data is as recent as usual. */
    long freshUntil() {
        return freshUntil;
    }

    private List<String> faults(List<Subscription> subscriptions, Function<Subscription, String> faulty) {
        List<String> faults = new ArrayList<>();
        for (Subscription subscription : subscriptions) {
            String fault = refused(subscription)
                    ? subscription.channel() + " of " + name + " refused: " + subscription.reason()
                    : faulty.apply(subscription);
            if (fault != null) {
                faults.add(fault);
            }
        }
        return faults;
    }

    private static boolean refused(Subscription subscription) {
        return subscription.state() == Subscription.State.REFUSED;
    }
}
