package dev.livefeed.protocol.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.livefeed.protocol.model.RpiDepth;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** The line of an {@link RpiDepth}. */
final class RpiDepthForm extends EventForm<RpiDepth> {

    private static final String RULE = "a list of levels of price, size and RPI size";

    private final Field<RpiDepth, Long> lastUpdateId =
            required("last_update_id", FieldRules.WHOLE, RpiDepth::lastUpdateId);
    private final Field<RpiDepth, List<RpiDepth.Level>> bids = required("bids", new LevelsRule(), RpiDepth::bids);
    private final Field<RpiDepth, List<RpiDepth.Level>> asks = required("asks", new LevelsRule(), RpiDepth::asks);

    RpiDepthForm() {
        super(RpiDepth.TYPE, RpiDepth.class);
    }

    @Override
    RpiDepth event(FieldValues line) {
        return new RpiDepth(
                line.instrument(),
                line.timestamp(),
                line.get(bids),
                line.get(asks),
                line.get(lastUpdateId),
                line.receivedAt(),
                line.synthetic());
    }

    /** One side: levels {@code [price,qty,rpi_qty]}. */
    private static final class LevelsRule implements FieldRule<List<RpiDepth.Level>> {

        @Override
        public List<RpiDepth.Level> read(JsonParser p, JsonToken value, String name, Tools tools)
                throws IOException, InvalidEventException {
            if (value != JsonToken.START_ARRAY) {
                throw FieldRules.broken(p, value, name, RULE);
            }
            List<RpiDepth.Level> levels = new ArrayList<>();
            JsonToken token;
            while ((token = p.nextToken()) != JsonToken.END_ARRAY) {
                if (token != JsonToken.START_ARRAY) {
                    throw FieldRules.broken(p, token, "a level of " + name, RULE);
                }
                BigDecimal price = FieldRules.PRICE.read(p, p.nextToken(), "a price of " + name, tools);
                BigDecimal qty = FieldRules.QTY_OR_ZERO.read(p, p.nextToken(), "a size of " + name, tools);
                BigDecimal rpi = FieldRules.QTY_OR_ZERO.read(p, p.nextToken(), "an RPI size of " + name, tools);
                token = p.nextToken();
                if (token != JsonToken.END_ARRAY) {
                    throw FieldRules.broken(p, token, "a level of " + name, RULE);
                }
                levels.add(new RpiDepth.Level(price, qty, rpi));
            }
            return levels;
        }

        @Override
        public void write(JsonBuffer out, List<RpiDepth.Level> levels) {
            out.raw('[');
            for (int i = 0; i < levels.size(); i++) {
                RpiDepth.Level level = levels.get(i);
                out.ascii(i == 0 ? "[" : ",[").decimal(level.price()).raw(',');
                out.decimal(level.qty()).raw(',');
                out.decimal(level.rpiQty()).raw(']');
            }
            out.raw(']');
        }
    }
}
