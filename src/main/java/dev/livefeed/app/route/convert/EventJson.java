package dev.livefeed.app.route.convert;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.livefeed.app.sink.LineBatch;
import dev.livefeed.app.sink.LineFields;
import dev.livefeed.protocol.codec.EventWriter;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.LevelList;
import dev.livefeed.protocol.model.Side;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * The JSON of the values that routes meet: an event is its line of the protocol, a batch of a sink is an array of
 * lines, levels are pairs of price and size, a time outside of an event is text in ISO 8601, and decimals are exact in
 * both directions.
 */
final class EventJson {

    static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .addModule(new SimpleModule("events")
                    .addSerializer(Event.class, new EventSerializer())
                    .addSerializer(LineFields.class, new FieldsSerializer())
                    .addSerializer(LineBatch.class, new BatchSerializer())
                    .addSerializer(LevelList.class, new LevelsSerializer())
                    .addSerializer(Side.class, ToStringSerializer.instance)
                    .addSerializer(InstrumentId.class, ToStringSerializer.instance)
                    .addSerializer(Instant.class, ToStringSerializer.instance))
            .build();

    private EventJson() {}

    private static final class EventSerializer extends JsonSerializer<Event> {

        @Override
        public void serialize(Event event, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeRawValue(EventWriter.text(event));
        }
    }

    private static final class FieldsSerializer extends JsonSerializer<LineFields> {

        @Override
        public void serialize(LineFields fields, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeRawValue(fields.json());
        }
    }

    private static final class BatchSerializer extends JsonSerializer<LineBatch> {

        @Override
        public void serialize(LineBatch batch, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeStartArray();
            for (int i = 0; i < batch.size(); i++) {
                out.writeRawValue(new String(batch.line(i), StandardCharsets.UTF_8));
            }
            out.writeEndArray();
        }
    }

    private static final class LevelsSerializer extends JsonSerializer<LevelList> {

        @Override
        public void serialize(LevelList levels, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeStartArray();
            for (int i = 0; i < levels.size(); i++) {
                out.writeStartArray();
                out.writeNumber(decimal(levels.priceUnscaled(i), levels.priceScale()));
                out.writeNumber(decimal(levels.qtyUnscaled(i), levels.qtyScale()));
                out.writeEndArray();
            }
            out.writeEndArray();
        }

        /** All levels of a side have the same scale; in a line each has the decimal places that it needs. */
        private static BigDecimal decimal(long unscaled, int scale) {
            return BigDecimal.valueOf(unscaled, scale).stripTrailingZeros();
        }
    }
}
