package dev.livefeed.app.paper;

import dev.livefeed.fuzz.Fuzz;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Instruments;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any file is a journal or is refused with its reason; what is refused stays as it is. */
class JournalFuzzTest {

    private static final Instruments INSTRUMENTS =
            new Instruments("v", "linear", List.of(InstrumentId.of("v", "linear", "BTCUSDT")));
    private static final JournalEntry FIRST =
            new JournalEntry.Opened(PaperAccount.FORMAT, "test", new BigDecimal("1000"));

    @TempDir
    Path folder;

    @Test
    void journals() throws Exception {
        new Fuzz("journal").run(this::open);
    }

    /** With the right checksums, so that the changed content is what is looked at. */
    @Test
    void contents() throws Exception {
        new Fuzz("journal-entries").run(bytes -> open(withSums(bytes)));
    }

    private String open(byte[] bytes) throws Exception {
        Path file = folder.resolve("journal-000001.jsonl");
        Files.write(file, bytes);
        try {
            Journal.open(
                            new PaperSettings.JournalFiles(folder, Map.of(), true, Duration.ofSeconds(1), 1 << 20),
                            INSTRUMENTS,
                            new PaperAccount(),
                            FIRST)
                    .close();
            return null;
        } catch (JournalException e) {
            return e.getMessage().replace(folder.toString(), "FOLDER");
        } finally {
            Files.delete(file);
        }
    }

    private static byte[] withSums(byte[] entries) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        int number = 0;
        for (String entry : new String(entries, StandardCharsets.ISO_8859_1).split("\n")) {
            byte[] body = ("{\"n\":" + ++number + ",\"at\":" + number + ",\"entry\":" + entry)
                    .getBytes(StandardCharsets.ISO_8859_1);
            CRC32C sum = new CRC32C();
            sum.update(body);
            lines.writeBytes(body);
            lines.writeBytes(String.format(Locale.ROOT, ",\"crc\":\"%08x\"}\n", sum.getValue())
                    .getBytes(StandardCharsets.US_ASCII));
        }
        return lines.toByteArray();
    }
}
