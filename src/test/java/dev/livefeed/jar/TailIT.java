package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The command tail, in pipes, against a running program. */
@ExtendWith(JarExtension.class)
class TailIT {

    /** What a command printed and how it ended. */
    private record Result(int status, String out, String err) {

        List<String> lines() {
            return out.lines().toList();
        }
    }

    private static Result shell(String rest, Jar jar) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "bash",
                "-o",
                "pipefail",
                "-c",
                "\"$0\" -XX:TieredStopAtLevel=1 -jar \"$1\" tail --url http://127.0.0.1:\"$2\" " + rest));
        command.addAll(List.of(Jar.JAVA, Jar.FILE.toString(), Integer.toString(jar.port())));
        Process process = new ProcessBuilder(command).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Result(process.exitValue(), out, err);
    }

    @Test
    void printsWhatAPipeNeeds(Jar jar) throws Exception {
        jar.script("status connected; i=0; while :; do i=$((i + 1)); trade $i; sleep 0.05; done")
                .with("SYMBOL", "BTCUSDT")
                .start();
        jar.awaitTrades(1);

        Result trades = shell("--count 3", jar);
        assertThat(trades.status()).isZero();
        assertThat(trades.err()).isEmpty();
        assertThat(trades.lines()).hasSize(3).allSatisfy(line -> {
            assertThat(Jar.parse(line).path("type").asText()).isEqualTo("trade");
            assertThat(Jar.parse(line).path("symbol").asText()).isEqualTo("BTCUSDT");
        });

        Result table = shell("--type trade --format csv --symbol BTCUSDT --count 2", jar);
        assertThat(table.lines()).hasSize(3);
        assertThat(table.lines().get(0)).startsWith("timestamp,received_at,venue,category,symbol,side,price,qty,id");
        assertThat(table.lines().get(1)).contains(",BTCUSDT,");

        Result ended = shell("--type trade,depth | head -n 1", jar);
        assertThat(ended.status()).as("as of a process that SIGPIPE ends").isEqualTo(141);
        assertThat(ended.lines()).hasSize(1);
        assertThat(ended.err()).isEmpty();

        Result unknown = shell("--symbol NOSUCH", jar);
        assertThat(unknown.status()).isEqualTo(69);
        assertThat(unknown.err().lines())
                .singleElement()
                .asString()
                .contains("400")
                .contains("NOSUCH");
        assertThat(shell("--format csv --type trade,depth", jar).status()).isEqualTo(64);
        jar.stop();

        Result gone = shell("", jar);
        assertThat(gone.status()).isEqualTo(69);
        assertThat(gone.err().lines()).singleElement().asString().contains("is not reached");
    }
}
