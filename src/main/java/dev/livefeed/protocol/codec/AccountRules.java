package dev.livefeed.protocol.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.livefeed.protocol.model.AccountEvent;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;

/** Rules of fields that only account events have. */
final class AccountRules {

    /** An id of an order or an execution. */
    static final FieldRule<String> ID = FieldRules.text(128);

    /** The name of a coin. */
    static final FieldRule<String> COIN = FieldRules.text(40);

    /** A status or a type: the exchange's word in lower case, with its parts joined by {@code _}. */
    static final FieldRule<String> WORD = new FieldRule<>() {
        @Override
        public String read(JsonParser p, JsonToken value, String name, FieldRule.Tools tools)
                throws IOException, InvalidEventException {
            if (value != JsonToken.VALUE_STRING || !word(p.getText())) {
                throw FieldRules.broken(p, value, name, "a word of 1 to 64 of a-z, 0-9 and _");
            }
            return p.getText();
        }

        @Override
        public void write(JsonBuffer out, String value) {
            out.string(value);
        }
    };

    /** Further fields of the exchange: any JSON object. */
    static final FieldRule<Map<String, Object>> RAW = new FieldRule<>() {
        private final ObjectReader reader = LineTree.MAPPER
                .readerFor(new TypeReference<Map<String, Object>>() {})
                .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        private final ObjectWriter writer = LineTree.MAPPER.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);

        @Override
        public Map<String, Object> read(JsonParser p, JsonToken value, String name, FieldRule.Tools tools)
                throws IOException, InvalidEventException {
            if (value != JsonToken.START_OBJECT) {
                throw FieldRules.broken(p, value, name, "a JSON object");
            }
            Map<String, Object> fields = reader.readValue(p);
            if (!LineTree.isWritable(fields)) {
                throw new InvalidEventException(InvalidReason.BAD_FIELD, name + LineTree.UNWRITABLE);
            }
            return Collections.unmodifiableMap(fields);
        }

        @Override
        public void write(JsonBuffer out, Map<String, Object> value) {
            try {
                byte[] json = writer.writeValueAsBytes(value);
                out.bytes(json, 0, json.length);
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException("the other fields of an event have no JSON form", e);
            }
        }
    };

    private AccountRules() {}

    /** The further fields, or null if there are none. */
    static Map<String, Object> rest(AccountEvent event) {
        return event.raw().isEmpty() ? null : event.raw();
    }

    /** Whether the text is a valid word. */
    static boolean word(String text) {
        return !text.isEmpty()
                && text.length() <= 64
                && text.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_');
    }
}
