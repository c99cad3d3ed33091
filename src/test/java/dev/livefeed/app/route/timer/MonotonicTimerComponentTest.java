package dev.livefeed.app.route.timer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** Routes with a timer run as with Camel's own, and no thread of it remains. */
class MonotonicTimerComponentTest {

    private final List<String> runs = new CopyOnWriteArrayList<>();

    @Test
    void timersRunAndEnd() throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.addComponent(MonotonicTimerComponent.NAME, new MonotonicTimerComponent());
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("timer:often?delay=0&period=5").routeId("often").process(e -> runs.add("often"));
                    from("timer:rate?delay=0&period=5&fixedRate=true").process(e -> runs.add("rate"));
                    from("timer:twice?delay=0&period=5&repeatCount=2").process(e -> runs.add("twice"));
                    from("timer:once?delay=0&repeatCount=1").process(e -> runs.add("once"));
                    from("timer:date?time=2001-01-01 00:00:00&period=5").process(e -> runs.add("date"));
                }
            });
            camel.start();

            await().until(() -> count("often") >= 10 && count("rate") >= 10 && count("date") >= 2);
            await().until(() -> count("once") == 1 && count("twice") == 2);
            await().until(() -> threads("once") == 0 && threads("twice") == 0);

            camel.getRouteController().stopRoute("often");
            await().until(() -> threads("often") == 0);
            int stopped = count("often");
            camel.getRouteController().startRoute("often");
            await().until(() -> count("often") > stopped + 2);
            assertThat(count("once")).isOne();
            assertThat(count("twice")).isEqualTo(2);
        }
        await().until(() -> threads("") == 0);
    }

    private int count(String name) {
        return (int) runs.stream().filter(name::equals).count();
    }

    private static long threads(String timer) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("timer-" + timer))
                .count();
    }
}
