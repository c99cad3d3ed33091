package dev.livefeed.app.feed;

import dev.livefeed.protocol.status.Maintenance;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The maintenance that the exchange has announced for the categories of the feed. It survives a restart of the
 * connector, because the end of a maintenance may be what the connector is waiting for. Thread-safe.
 */
public final class Maintenances {

    private static final int MAX_KEPT = 100;
    private static final int MAX_CATEGORIES = 20;

    /** A maintenance counts as over this long after its expected end, even without an announcement. */
    private static final Duration OVERDUE = Duration.ofHours(1);

    /** The same without an expected end, after its begin, or else after it was first announced in its state. */
    private static final Duration LONGEST = Duration.ofHours(24);

    /** A maintenance is shown in the alarms this long before it begins. */
    private static final Duration NOTICE = Duration.ofHours(24);

    private final Supplier<Instant> clock;
    private final Set<String> categories = new LinkedHashSet<>();
    private final Map<String, Announced> all = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Announced> eldest) {
            return size() > MAX_KEPT;
        }
    };

    /**
     * The announcements at one point in time.
     *
     * @param current the maintenance that lasts, or null
     * @param open what is announced and not over
     * @param soon what is announced to begin soon
     */
    public record View(Maintenance current, List<Maintenance> open, List<Maintenance> soon) {}

    /** @param since when it was first announced in its state */
    private record Announced(Maintenance maintenance, Instant since) {}

    /** @param clock the time of day */
    public Maintenances(Supplier<Instant> clock) {
        this.clock = clock;
    }

    /** The feed has a subscription of that category. */
    synchronized void subscribed(String category) {
        if (category != null && categories.size() < MAX_CATEGORIES) {
            categories.add(category);
        }
    }

    synchronized void announced(Maintenance maintenance) {
        String id = maintenance.announcement() == null ? "" : maintenance.announcement();
        Announced before = all.remove(id);
        if (!Maintenance.over(maintenance.state())) {
            boolean same = before != null && Objects.equals(before.maintenance().state(), maintenance.state());
            all.put(id, new Announced(maintenance, same ? before.since() : clock.get()));
        }
    }

    /** The announcements now. */
    public synchronized View view() {
        Instant now = clock.get();
        return new View(current(now), open(now), soon(now));
    }

    /** The maintenance that lasts now, or null. */
    public synchronized Maintenance current() {
        return current(clock.get());
    }

    private Maintenance current(Instant now) {
        return concerned()
                .filter(one -> lasts(one, now))
                .map(Announced::maintenance)
                .findFirst()
                .orElse(null);
    }

    private List<Maintenance> open(Instant now) {
        return concerned()
                .filter(one -> now.isBefore(latestEnd(one)))
                .map(Announced::maintenance)
                .toList();
    }

    private List<Maintenance> soon(Instant now) {
        return concerned()
                .filter(one -> !lasts(one, now) && begins(one, now))
                .map(Announced::maintenance)
                .toList();
    }

    private Stream<Announced> concerned() {
        return all.values().stream().filter(one -> concerns(one.maintenance()));
    }

    /** Without a known begin it begins at any time, but not for ever. */
    private static boolean begins(Announced one, Instant now) {
        Instant begin = one.maintenance().begin();
        return begin == null ? now.isBefore(latestEnd(one)) : now.isBefore(begin) && begin.isBefore(now.plus(NOTICE));
    }

    private static boolean lasts(Announced one, Instant now) {
        Instant begin = one.maintenance().begin();
        boolean begun = one.maintenance().ongoing() || (begin != null && !now.isBefore(begin));
        return begun && now.isBefore(latestEnd(one));
    }

    private static Instant latestEnd(Announced one) {
        Instant begin = one.maintenance().begin();
        Instant end = one.maintenance().end();
        if (end != null && (begin == null || !end.isBefore(begin))) {
            return end.plus(OVERDUE);
        }
        boolean unknown = begin == null || (one.maintenance().ongoing() && begin.isAfter(one.since()));
        return (unknown ? one.since() : begin).plus(LONGEST);
    }

    private boolean concerns(Maintenance one) {
        return one.categories() == null
                || categories.isEmpty()
                || one.categories().stream().anyMatch(categories::contains);
    }

    /** One line for people: the title and the times. */
    public static String text(Maintenance one) {
        String title = one.title() == null ? "" : " \"" + one.title() + '"';
        String begin = one.begin() == null ? "" : " from " + one.begin();
        String end = one.end() == null ? "" : " until " + one.end();
        return "maintenance" + title + begin + end;
    }
}
