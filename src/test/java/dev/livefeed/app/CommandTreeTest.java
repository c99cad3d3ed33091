package dev.livefeed.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mistakes on the command line. */
class CommandTreeTest {

    /** A run of a command. */
    private record Result(int status, String out, String err) {

        static Result of(String... words) {
            PrintStream out = System.out;
            PrintStream err = System.err;
            ByteArrayOutputStream output = new ByteArrayOutputStream();
            ByteArrayOutputStream errors = new ByteArrayOutputStream();
            try {
                System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
                System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
                int status = CommandTree.run(words);
                return new Result(
                        status, output.toString(StandardCharsets.UTF_8), errors.toString(StandardCharsets.UTF_8));
            } finally {
                System.setOut(out);
                System.setErr(err);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--no-such-option",
                "fly",
                "run --fast",
                "connector",
                "connector kraken",
                "check twice",
                "check --watch 9"
            })
    void invalidUsageIsOneLineAndStatus64(String words) {
        Result result = Result.of(words.split(" "));

        assertThat(result.status()).isEqualTo(64);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines()).singleElement().asString().startsWith("error: ");
    }

    @Test
    void theTimeOfACheckHasLimits() {
        Result result = Result.of("check", "--connector", "sh -c 'exit 0'", "--watch", "1");

        assertThat(result.status()).isEqualTo(64);
        assertThat(result.err()).contains("--watch is 1, must be 7 to 3600").hasLineCount(1);
    }
}
