package dev.livefeed.app.paper;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Instruments;
import java.io.IOException;

/**
 * Reads and writes the instruments of the journal as text. Earlier versions wrote the symbol only; it is read as the
 * instrument of the default category, the only one that they supported.
 */
final class InstrumentJson {

    private InstrumentJson() {}

    static Module module() {
        return new SimpleModule()
                .addSerializer(InstrumentId.class, ToStringSerializer.instance)
                .addDeserializer(InstrumentId.class, new Value())
                .addKeyDeserializer(InstrumentId.class, new Key());
    }

    private static InstrumentId read(String text, DeserializationContext context) throws IOException {
        InstrumentId id = InstrumentId.parse(text)
                .orElseThrow(() -> new IOException("symbol is \"" + text + "\", must be " + InstrumentId.RULE));
        return id.category() == null && context.getAttribute(Instruments.class) instanceof Instruments instruments
                ? instruments.ofDefault(id.symbol())
                : id;
    }

    private static final class Value extends StdScalarDeserializer<InstrumentId> {

        private static final long serialVersionUID = 1L;

        private Value() {
            super(InstrumentId.class);
        }

        @Override
        public InstrumentId deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return read(parser.getText(), context);
        }
    }

    private static final class Key extends KeyDeserializer {

        @Override
        public InstrumentId deserializeKey(String key, DeserializationContext context) throws IOException {
            return read(key, context);
        }
    }
}
