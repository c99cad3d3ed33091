package dev.livefeed.app.route.shipped;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Beans that stand at the end of a route: they record what they were called with, in order, and fail on request. */
final class RecordedSteps {

    private final List<Call> calls = new ArrayList<>();
    private final Set<String> failing = ConcurrentHashMap.newKeySet();

    /** A call of a bean: {@code market.trade} and the body it got. */
    record Call(String step, Object body) {}

    /** A bean of this name. */
    Bean bean(String name) {
        return new Bean(name, this);
    }

    /** From now on this step throws. */
    void fail(String step) {
        failing.add(step);
    }

    /** All calls, in their order. */
    synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    /** The names of all calls, in their order. */
    List<String> names() {
        return calls().stream().map(Call::step).toList();
    }

    private synchronized void called(String step, Object body) {
        calls.add(new Call(step, body));
        if (failing.contains(step)) {
            throw new IllegalStateException(step + " does not work");
        }
    }

    /** The methods that the shipped routes call. */
    public static final class Bean {

        private final String name;
        private final RecordedSteps steps;

        private Bean(String name, RecordedSteps steps) {
            this.name = name;
            this.steps = steps;
        }

        public void trade(Object body) {
            steps.called(name + ".trade", body);
        }

        public void depth(Object body) {
            steps.called(name + ".depth", body);
        }

        public void status(Object body) {
            steps.called(name + ".status", body);
        }

        public void failure(Object body) {
            steps.called(name + ".failure", body);
        }

        public void send(byte[] body) {
            steps.called(name + ".send", new String(body, StandardCharsets.UTF_8));
        }
    }
}
