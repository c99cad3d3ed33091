package dev.livefeed.app.route.timer;

import java.util.Map;
import java.util.Timer;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.component.timer.TimerComponent;
import org.apache.camel.component.timer.TimerConsumer;

/** Camel's {@code timer:}, with timers that a change of the wall clock does not affect. */
public final class MonotonicTimerComponent extends TimerComponent {

    public static final String NAME = "timer";

    private final Map<TimerConsumer, Timer> timers = new ConcurrentHashMap<>();

    @Override
    public Timer getTimer(TimerConsumer consumer) {
        return timers.computeIfAbsent(
                consumer,
                one -> new MonotonicTimer(
                        "timer-" + one.getTimerName(),
                        () -> one.getRepeatCount() > 0 && one.getCounter() >= one.getRepeatCount()));
    }

    @Override
    public void removeTimer(TimerConsumer consumer) {
        Timer timer = timers.remove(consumer);
        if (timer != null) {
            timer.cancel();
        }
    }

    @Override
    protected void doStop() throws Exception {
        timers.values().forEach(Timer::cancel);
        timers.clear();
        super.doStop();
    }
}
