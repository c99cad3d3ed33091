package dev.livefeed.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.exchange.engine.ExchangeConfig;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Errors of the exchange command. */
class ExchangeCommandTest {

    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--port=70000|port is 70000",
                "--symbols=BTC/USDT|symbol \"BTC/USDT\"",
                "--symbols=moon:BTCUSDT|category \"moon\"",
                "--speed=0|speed is 0.0",
                "--levels=3|levels is 3",
                "--trades-kept=1|trades-kept is 1",
                "--tape=1|trades-kept is 1"
            })
    void invalidOptionExitsWith64AndOneLine(String argument, String message) {
        assertThat(run(argument)).isEqualTo(64);
        assertThat(err.toString().lines()).singleElement().asString().contains(message);
    }

    @Test
    void portInUseExitsWith69AndOneLine() throws Exception {
        try (ExchangeServer server = ExchangeServer.start(ExchangeConfig.defaults())) {
            assertThat(run("--port=" + server.port())).isEqualTo(69);
            assertThat(err.toString().lines()).singleElement().asString().contains("127.0.0.1:" + server.port());
        }
    }

    private int run(String... arguments) {
        return new CommandLine(new ExchangeCommand())
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
