package dev.livefeed.app.route.shipped;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Beans that replace those of the application: they record their calls in order and can be made to fail. */
final class RecordedSteps {

    private final List<Call> calls = new ArrayList<>();
    private final Set<String> failing = ConcurrentHashMap.newKeySet();

    /** A call of a bean: {@code market.trade} with its body. */
    record Call(String step, Object body) {}

    /** Creates a bean of this name. */
    Bean bean(String name) {
        return new Bean(name, this);
    }

    /** Makes a step throw from now on. */
    void fail(String step) {
        failing.add(step);
    }

    /** All calls, in order. */
    synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    /** The names of all calls, in order. */
    List<String> names() {
        return calls().stream().map(Call::step).toList();
    }

    private synchronized void called(String step, Object body) {
        calls.add(new Call(step, body));
        if (failing.contains(step)) {
            throw new IllegalStateException(step + " does not work");
        }
    }

    /** The methods called by the shipped routes. */
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

        public void take(Object body) {
            steps.called(name + ".take", body);
        }

        public void send(byte[] body) {
            steps.called(name + ".send", new String(body, StandardCharsets.UTF_8));
        }
    }
}
