package dev.livefeed.app.paper;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.livefeed.protocol.model.Instruments;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * A line of the journal: {@code {"n":7,"at":1700000000000000,"entry":{…},"crc":"1c9d2f00"}}. The number counts from 1
 * without gaps, the time is that of the event that caused the entry, and the checksum is the CRC-32C of everything
 * before {@code ,"crc"}. Decimals are strings, so that no reader converts them to binary floating point.
 */
record JournalLine(long n, long atMicros, JournalEntry entry) {

    private static final String SUM = ",\"crc\":\"";
    /** Length of the checksum field with its quotes and the closing brace. */
    private static final int TAIL = SUM.length() + 8 + 2;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
            .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
            .enable(DeserializationFeature.READ_ENUMS_USING_TO_STRING)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .withConfigOverride(BigDecimal.class, o -> o.setFormat(JsonFormat.Value.forShape(JsonFormat.Shape.STRING)))
            .addModule(InstrumentJson.module())
            .build();

    /** The line including its line end. */
    byte[] bytes() {
        try {
            String body = "{\"n\":" + n + ",\"at\":" + atMicros + ",\"entry\":"
                    + JSON.writerFor(JournalEntry.class).writeValueAsString(entry);
            byte[] start = body.getBytes(StandardCharsets.UTF_8);
            String sum = SUM + hex(start, start.length) + "\"}\n";
            byte[] line = java.util.Arrays.copyOf(start, start.length + sum.length());
            System.arraycopy(sum.getBytes(StandardCharsets.US_ASCII), 0, line, start.length, sum.length());
            return line;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the entry " + entry + " has no JSON form", e);
        }
    }

    /**
     * Parses a line without its line end; null if it is torn or damaged.
     *
     * @param instruments resolves the symbols of an earlier version
     */
    static JournalLine read(byte[] line, Instruments instruments) {
        int end = line.length - TAIL;
        if (end <= 0) {
            return null;
        }
        String tail = new String(line, end, TAIL, StandardCharsets.ISO_8859_1);
        if (!tail.equals(SUM + hex(line, end) + "\"}")) {
            return null;
        }
        try {
            JsonNode tree = JSON.readTree(line);
            return new JournalLine(
                    tree.path("n").asLong(),
                    tree.path("at").asLong(),
                    JSON.readerFor(JournalEntry.class)
                            .withAttribute(Instruments.class, instruments)
                            .readValue(tree.path("entry")));
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
    }

    private static String hex(byte[] bytes, int length) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, 0, length);
        return String.format(Locale.ROOT, "%08x", sum.getValue());
    }
}
