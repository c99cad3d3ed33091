package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Secrets reach only the connector's environment, which contains nothing but the listed variables. */
@ExtendWith(JarExtension.class)
class SecretsIT {

    private static final String KEY = "k3y-0f-the-house";
    private static final String SECRET = "s3cret/of+the=house";

    @Test
    void secretsAreNeverShownAndTheConnectorGetsOnlyTheListedVariables(Jar jar) throws Exception {
        jar.script(
                        """
                        env > seen.tmp; mv seen.tmp seen
                        trade() {
                          printf '{"type":"trade","symbol":"BTCUSDT","timestamp":%s000,"price":"1","qty":"1",\
                        "side":"buy","id":"%s"}\\n' \\
                            "$(date +%s)" "$1"
                        }
                        echo "using $BYBIT_API_KEY and $BYBIT_API_SECRET" >&2
                        status connected; trade 1
                        printf '{"type":"error",\
                        "error":"bad signature %s for %s"}\\n' "$BYBIT_API_SECRET" "$BYBIT_API_KEY"
                        printf '{"type":"error","error":"no","channel":"trades","symbol":"BTCUSDT",\
                        "code":"%s"}\\n' "$BYBIT_API_KEY"
                        printf '{"type":"status","status":"degraded","reason":"%s"}\\n' "$BYBIT_API_SECRET"
                        printf '{"type":"status","status":"login","key":"%s"}\\n' "$BYBIT_API_KEY"
                        printf '{"type":"status","status":"%s"}\\n' "$BYBIT_API_KEY"
                        printf '{"type":"trade","price":"%s"}\\n' "$BYBIT_API_SECRET"
                        echo "signing with $BYBIT_API_SECRET"
                        printf '{"type":"status","status":"disconnected","reason":"%s"}\\n' "$BYBIT_API_SECRET"
                        trade 2; idle
                        """)
                .with("BYBIT_API_KEY", KEY)
                .with("BYBIT_API_SECRET", SECRET)
                .with("AWS_SECRET_ACCESS_KEY", "not for you")
                .with("JAVA_HOME", "/a/jdk")
                .with("LC_TIME", "C")
                .with("EXTRA", "1")
                .with("CONNECTOR_OWN", "2")
                .with("BYBIT_CONNECTOR_TESTNET", "yes")
                .with("SYMBOL", "btcusdt, ETHUSDT")
                .with("CONNECTOR_RETRIES", "0")
                .with("CONNECTOR_COOLDOWN", "60s")
                .start();
        jar.awaitTrades(2);
        jar.awaitLog("connector_disconnected");

        StringBuilder shown = new StringBuilder();
        for (String path : List.of("/ws/health", "/ready", "/observe/health", "/observe/metrics", "/dead-letters")) {
            shown.append(path).append(' ').append(jar.get(path).body()).append('\n');
        }
        for (ProcessHandle process : jar.living()) {
            shown.append(commandLine(process)).append('\n');
        }
        jar.child().destroyForcibly();
        jar.awaitState("exhausted");
        shown.append(jar.get("/ws/health").body());
        shown.append(jar.get("/ready").body());
        shown.append(jar.text("err"));

        assertThat(shown.toString()).contains("using *** and ***", "***").doesNotContain(KEY, SECRET);
        assertVariables(jar);
    }

    private static void assertVariables(Jar jar) {
        assertThat(jar.text("seen").lines())
                .contains(
                        "BYBIT_API_KEY=" + KEY,
                        "JAVA_HOME=/a/jdk",
                        "LC_TIME=C",
                        "CONNECTOR_OWN=2",
                        "BYBIT_CONNECTOR_TESTNET=true",
                        "SYMBOL=BTCUSDT,ETHUSDT",
                        "DATA_SOURCE=simulator",
                        "BYBIT_CATEGORY=linear",
                        "BYBIT_DEPTH=50",
                        "LOG_LEVEL=INFO");
        Stream<String> names = jar.text("seen").lines().map(line -> line.replaceAll("=.*", ""));
        assertThat(names).doesNotContain("AWS_SECRET_ACCESS_KEY", "EXTRA", "HTTP_PORT", "BYBIT_WS_BASE_URL");
    }

    private static String commandLine(ProcessHandle process) throws Exception {
        Path file = Path.of("/proc/" + process.pid() + "/cmdline");
        return Files.exists(file)
                ? Files.readString(file)
                : process.info().commandLine().orElse("");
    }
}
