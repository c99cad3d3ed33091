package dev.livefeed.app.paper;

import dev.livefeed.protocol.model.Instruments;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Paper settings for tests, with high limits unless a test sets others. */
public final class PaperSetup {

    public static final BigDecimal MAKER = new BigDecimal("0.0002");
    public static final BigDecimal TAKER = new BigDecimal("0.00055");

    private PaperSetup() {}

    public static PaperSettings settings(Path folder) {
        return settings(folder, "linear", "1000000000", "1000000000", "1000000000", 64L << 20);
    }

    public static PaperSettings settings(
            Path folder, String category, String order, String exposure, String loss, long fileBytes) {
        return new PaperSettings(
                "test",
                new Instruments(null, category, List.of()),
                new BigDecimal("100000"),
                new PaperSettings.Fees(MAKER, TAKER),
                new PaperSettings.OrderLimits(
                        new BigDecimal(order), new BigDecimal(exposure), new BigDecimal(loss), 100),
                Duration.ofSeconds(10),
                Duration.ofMinutes(1),
                new PaperSettings.JournalFiles(folder, Map.of(), true, Duration.ofSeconds(1), fileBytes));
    }
}
