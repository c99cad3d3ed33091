package dev.livefeed.app.route.shipped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.livefeed.app.route.exec.ConnectorBinding;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.exec.ExecCommand;
import org.apache.camel.component.exec.ExecCommandExecutor;
import org.apache.camel.component.exec.ExecException;
import org.apache.camel.component.exec.ExecResult;
import org.apache.camel.spi.Registry;
import org.apache.camel.test.junit5.CamelContextConfiguration;
import org.junit.jupiter.api.Test;

/** Rounds of the connector route: start, retries by the redelivery policy, fallback, next round. */
class ConnectorRouteTest extends ShippedRoutesTestSupport {

    private static final int FAILS = -1;

    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private final List<List<String>> starts = Collections.synchronizedList(new ArrayList<>());
    private volatile int rounds;
    private volatile List<Integer> ends = List.of();

    ConnectorRouteTest() {
        super("connector");
    }

    @Override
    public void configureContext(CamelContextConfiguration configuration) {
        super.configureContext(configuration);
        configuration.withAutoStartupExcludePatterns("connector");
        Properties settings = new Properties();
        settings.setProperty("connector.retries", "3");
        settings.setProperty("connector.backoff.initial", "20");
        settings.setProperty("connector.backoff.multiplier", "2");
        settings.setProperty("connector.backoff.max", "40");
        settings.setProperty("connector.backoff.jitter", "0");
        settings.setProperty("connector.cooldown", "30000");
        configuration.withUseOverridePropertiesWithPropertiesComponent(settings);
    }

    @Override
    protected void bindToRegistry(Registry registry) {
        registry.bind("supervisor", new Rounds());
        registry.bind("connectorStatus", new Announcements());
        registry.bind("connectorStop", (Processor) exchange -> {});
        registry.bind("connectorCommand", new CommandLine());
        registry.bind("connectorBinding", new ConnectorBinding());
        registry.bind("connectorExecutor", (ExecCommandExecutor) this::execute);
    }

    private ExecResult execute(ExecCommand command) throws ExecException {
        List<String> words = new ArrayList<>(List.of(command.getExecutable()));
        words.addAll(command.getArgs());
        starts.add(words);
        int end = starts.size() <= ends.size() ? ends.get(starts.size() - 1) : FAILS;
        told.add("start");
        if (end == FAILS) {
            throw new ExecException("gone", InputStream.nullInputStream(), InputStream.nullInputStream(), 1);
        }
        return new ExecResult(command, InputStream.nullInputStream(), new ByteArrayInputStream(new byte[0]), end);
    }

    /** Runs a number of rounds; the first starts end with the given statuses, all others fail. */
    private void run(int wanted, Integer... statuses) throws Exception {
        rounds = wanted;
        ends = List.of(statuses);
        context.getRouteController().startRoute("connector");
        await().atMost(Duration.ofSeconds(20)).until(() -> told.contains("no more rounds"));
        told.remove("no more rounds");
    }

    @Test
    void aRoundIsAStartAndItsRetriesThenTheFallbackThenTheNextRound() throws Exception {
        run(2);

        List<String> round =
                List.of("start", "start", "start", "start", "exhausted", "announced exhausted", "cool down 30000");
        List<String> both = new ArrayList<>(round);
        both.addAll(round);
        assertThat(told).isEqualTo(both);
        assertThat(starts).allSatisfy(words -> assertThat(words).containsExactly("feed", "--of", "two words"));
    }

    @Test
    void anEndThatEarnedAFreshRoundIsFollowedByTheFirstBackoffAlone() throws Exception {
        run(2, FAILS, FAILS, 3);

        assertThat(told)
                .containsExactly(
                        "start",
                        "start",
                        "start",
                        "cool down 20",
                        "start",
                        "start",
                        "start",
                        "start",
                        "exhausted",
                        "announced exhausted",
                        "cool down 30000");
    }

    @Test
    void aConfigurationThatCannotWorkIsNotTriedAgain() throws Exception {
        run(2, 78, 64);

        assertThat(told).containsExactly("start", "await configuration", "start", "await configuration");
    }

    @Test
    void anEndWithStatusZeroNeitherWaitsNorFallsBack() throws Exception {
        run(1, 0);

        assertThat(told).containsExactly("start");
    }

    @Test
    void theStopOfTheContextEndsARoundThatIsUnderWay() throws Exception {
        rounds = 1_000_000;
        context.getRouteController().startRoute("connector");
        await().atMost(Duration.ofSeconds(20)).until(() -> starts.size() > 5);

        context.stop();

        int last = starts.size();
        assertThat(context.isStopped()).isTrue();
        await().during(Duration.ofMillis(200)).atMost(Duration.ofSeconds(2)).until(() -> starts.size() == last);
    }

    /** Counts rounds without waiting. */
    public final class Rounds {

        private int begun;

        public boolean wanted() {
            boolean another = begun++ < rounds;
            if (!another) {
                told.add("no more rounds");
            }
            return another;
        }

        public void awaitConfiguration() {
            told.add("await configuration");
        }

        public void coolDown(String millis) {
            told.add("cool down " + millis);
        }

        public void exhausted(Exchange exchange) {
            told.add("exhausted");
            exchange.getMessage().setBody("exhausted");
        }
    }

    /** Records the announced status. */
    public final class Announcements {

        public void announce(String status) {
            told.add("announced " + status);
        }
    }

    /** A command line whose words must not be split. */
    public static final class CommandLine {

        public String executable() {
            return "feed";
        }

        public List<String> arguments() {
            return List.of("--of", "two words");
        }
    }
}
