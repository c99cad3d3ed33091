package dev.livefeed.app.health;

import dev.livefeed.protocol.status.ConnectorLimit.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Announces limits of what is kept before they are reached: an alarm and one line in the log, by {@link Stage}. */
public final class LimitWatch {

    private static final Logger LOG = LoggerFactory.getLogger(LimitWatch.class);

    private final List<Limit> limits;
    private final Map<String, Stage> stages = new ConcurrentHashMap<>();

    /**
     * One limit.
     *
     * @param name word for metrics: {@code symbols}
     * @param what is counted
     * @param exceeded number of events that found it reached
     * @param effect what happens to them
     */
    public record Limit(String name, String what, IntSupplier used, int max, LongSupplier exceeded, String effect) {

        @Override
        public String toString() {
            long events = exceeded.getAsLong();
            return what + ": " + used.getAsInt() + " of at most " + max + "; beyond that, " + effect
                    + (events == 0 ? "" : " (" + events + " events so far)");
        }
    }

    public LimitWatch(List<Limit> limits) {
        this.limits = List.copyOf(limits);
    }

    public List<Limit> limits() {
        return limits;
    }

    /** One line for each limit that is nearly reached. */
    public List<String> alarms() {
        List<String> alarms = new ArrayList<>();
        for (Limit limit : limits) {
            if (stage(limit) != Stage.NONE) {
                alarms.add(limit.toString());
            }
        }
        return alarms;
    }

    /** Logs a limit when it is nearly reached and when it is reached. Called every second by one thread. */
    public void report() {
        for (Limit limit : limits) {
            Stage stage = stage(limit);
            if (stages.put(limit.name(), stage) != stage && stage != Stage.NONE) {
                LOG.warn("limit_{} {}", stage == Stage.REACHED ? "reached" : "near", limit);
            }
        }
    }

    private Stage stage(Limit limit) {
        return stages.getOrDefault(limit.name(), Stage.NONE).next(limit.used().getAsInt(), limit.max());
    }
}
