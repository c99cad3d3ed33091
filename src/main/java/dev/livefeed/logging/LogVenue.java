package dev.livefeed.logging;

import org.slf4j.MDC;

/**
 * The venue that a thread works for, with which its log lines end. Not shown if there is one source only.
 */
public final class LogVenue {

    /** Name in the mapped diagnostic context, for a log configuration of the operator. */
    public static final String KEY = "venue";

    private static final Mark NONE = new Mark(null, null);

    private static volatile boolean shown;

    private LogVenue() {}

    /** The time during which a thread works for a venue. */
    public static final class Mark {

        private final String venue;
        private final String before;

        private Mark(String venue, String before) {
            this.venue = venue;
            this.before = before;
        }

        private static void put(String venue) {
            if (venue == null) {
                MDC.remove(KEY);
            } else {
                MDC.put(KEY, venue);
            }
        }

        public void end() {
            if (venue != null) {
                put(before);
            }
        }
    }

    /** Whether lines logged from now on show the venue: if several sources run. */
    public static void show(boolean several) {
        shown = several;
    }

    /** This thread works for a venue until the end of the mark. */
    public static Mark of(String venue) {
        if (!shown) {
            return NONE; // this is called for each event
        }
        Mark mark = new Mark(venue, MDC.get(KEY));
        Mark.put(venue);
        return mark;
    }

    /** A task that works for a venue. */
    public static Runnable in(String venue, Runnable task) {
        return () -> {
            Mark mark = of(venue);
            try {
                task.run();
            } finally {
                mark.end();
            }
        };
    }
}
