package dev.livefeed.app.paper;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.livefeed.jar.JvmOptions;
import java.io.BufferedReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a paper trading process with SIGKILL at random points, as often in each of two journals as the system property
 * {@code kills} says. Nothing acknowledged is lost, and the state after each restart equals the sum of the journal's
 * lines.
 */
@Tag("drill")
class CrashDrillIT {

    private static final int KILLS = Integer.getInteger("kills", 10);

    @TempDir
    Path temp;

    @Test
    void nothingAcknowledgedIsLost() throws Exception {
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            for (Future<?> drill : two.invokeAll(List.of(() -> drill(4), () -> drill(5)))) {
                drill.get();
            }
        } finally {
            two.shutdownNow();
        }
    }

    private Object drill(long seed) throws Exception {
        Path folder = temp.resolve(Long.toString(seed));
        Random random = new Random(seed);
        long lastOrder = 0;
        int withFills = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            long answered = runAndKill(folder, kill, 1 + random.nextInt(150));
            assertThat(answered).as("run %d added entries", kill).isGreaterThan(lastOrder);

            Map<String, Object> told = fromTheLines(folder);
            PaperMarket market = new PaperMarket(10);
            PaperBroker broker = new PaperBroker(PaperSetup.settings(folder), market, () -> -1);
            broker.open();
            assertThat(broker.unavailable()).isNull();
            JournalEntry.State state = broker.state();
            broker.close();

            lastOrder = state.lastOrderId();
            assertThat(lastOrder).isGreaterThanOrEqualTo(answered);
            assertThat(state.cash()).isEqualByComparingTo((BigDecimal) told.get("cash"));
            assertThat(lastOrder).isEqualTo(told.get("order"));
            BigDecimal qty = state.positions().isEmpty()
                    ? BigDecimal.ZERO
                    : state.positions().get(0).qty();
            assertThat(qty).isEqualByComparingTo((BigDecimal) told.get("qty"));
            assertThat(state.open())
                    .as("open orders are cancelled at the start")
                    .isEmpty();
            withFills += state.fills().isEmpty() ? 0 : 1;
        }
        assertThat(withFills).isGreaterThan(KILLS / 2);
        assertThat(files(folder).size())
                .as("several files were started and the oldest deleted")
                .isBetween(2, Journal.KEPT);
        return null;
    }

    private long runAndKill(Path folder, int run, int orders) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JvmOptions.application());
        // The jar first: its class data archive applies to it and whatever follows.
        command.addAll(List.of("-cp", JvmOptions.JAR + ":" + Path.of("target", "test-classes")));
        command.addAll(List.of(CrashingTrader.class.getName(), folder.toString(), Integer.toString(run)));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        long last = -1;
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            int seen = 0;
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.matches("\\d+")) {
                    last = Long.parseLong(line);
                    if (++seen == orders) {
                        // Killing through the handle leaves the pipe open, so earlier output can still be read.
                        process.toHandle().destroyForcibly();
                    }
                } else {
                    assertThat(line).as("output of run %d", run).doesNotContain("unavailable");
                }
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        return last;
    }

    /** The content of the last file, parsed without any class of the journal; its last line may be torn. */
    private Map<String, Object> fromTheLines(Path folder) throws Exception {
        ObjectMapper json = new ObjectMapper();
        Map<String, Object> sums = new TreeMap<>();
        BigDecimal cash = BigDecimal.ZERO;
        BigDecimal qty = BigDecimal.ZERO;
        long order = 0;
        List<Path> files = files(folder);
        String text = Files.readString(files.get(files.size() - 1));
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).split("\n")) {
            JsonNode entry = json.readTree(line).get("entry");
            switch (entry.get("type").asText()) {
                case "opened" -> cash = decimal(entry, "capital");
                case "state" -> {
                    cash = decimal(entry, "cash");
                    order = entry.get("lastOrderId").asLong();
                    for (JsonNode position : entry.get("positions")) {
                        qty = qty.add(decimal(position, "qty"));
                    }
                }
                case "accepted" -> order = entry.get("order").get("id").asLong();
                case "filled" -> {
                    JsonNode fill = entry.get("fill");
                    BigDecimal signed = decimal(fill, "qty");
                    signed = fill.get("side").asText().equals("buy") ? signed : signed.negate();
                    qty = qty.add(signed);
                    cash = cash.subtract(signed.multiply(decimal(fill, "price")))
                            .subtract(decimal(fill, "fee"));
                }
                default -> {
                    // No effect on money or orders.
                }
            }
        }
        sums.put("cash", cash);
        sums.put("qty", qty);
        sums.put("order", order);
        return sums;
    }

    private static BigDecimal decimal(JsonNode node, String field) {
        return new BigDecimal(node.get(field).asText());
    }

    private static List<Path> files(Path folder) throws Exception {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(f -> f.getFileName().toString().endsWith(".jsonl"))
                    .sorted(Comparator.naturalOrder())
                    .toList();
        }
    }
}
