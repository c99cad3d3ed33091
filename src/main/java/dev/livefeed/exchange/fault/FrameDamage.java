package dev.livefeed.exchange.fault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Damages the data of a frame that stays valid JSON. A frame that has nothing to damage is returned as it is. */
final class FrameDamage {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String WIDE = "12345678901234567.891";
    private static final int EXTRA_LEVELS = 3;
    private static final long WRONG_BY = 1_000_000_000_000L;

    private FrameDamage() {}

    /** @param kind a fault that damages the data of frames */
    static String of(FaultKind kind, String text) {
        JsonNode frame;
        try {
            frame = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the exchange made a frame that is not JSON: " + text, e);
        }
        // The bare events of Binance have no envelope, and can be arrays.
        JsonNode data = frame.has("data") ? frame.get("data") : frame;
        switch (kind) {
            case BAD_ROW -> badRow(data);
            case BAD_LEVEL -> badLevel(data);
            case WRONG_ID -> wrongId(data);
            case QUOTED -> quote(frame);
            case WIDE -> wide(data);
            case DEEP -> deepen(data);
            case CORRECTED -> correct(data);
            default -> throw new IllegalArgumentException("not a fault of the data: " + kind);
        }
        return frame.toString();
    }

    /** Another row before the first one, or a level without a size. */
    private static void badRow(JsonNode data) {
        if (data instanceof ArrayNode rows && !rows.isEmpty()) {
            ObjectNode bad = rows.get(0).deepCopy();
            List<String> names = new ArrayList<>();
            bad.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> bad.put(name, ""));
            rows.insert(0, bad);
        } else if (levels(data, "b") != null) {
            levels(data, "b").insert(0, JsonNodeFactory.instance.arrayNode().add("none"));
        } else if (data instanceof ObjectNode event && event.has("p")) {
            event.put("p", "");
        }
    }

    /** The size of the first level of a side. */
    private static void badLevel(JsonNode data) {
        for (String side : List.of("b", "a")) {
            ArrayNode levels = levels(data, side);
            if (levels != null && !levels.isEmpty() && levels.get(0) instanceof ArrayNode level) {
                level.set(1, TextNode.valueOf("none"));
                return;
            }
        }
    }

    /** The id of an aggregate or single trade of Binance, and the last id of an update. */
    private static void wrongId(JsonNode data) {
        for (String name : List.of("a", "t", "u")) {
            if (data instanceof ObjectNode event && event.path(name).isIntegralNumber()) {
                event.put(name, event.get(name).longValue() + WRONG_BY);
                return;
            }
        }
    }

    /** All numbers become text. */
    private static void quote(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> {
                if (field.getValue().isNumber()) {
                    field.setValue(TextNode.valueOf(field.getValue().asText()));
                } else {
                    quote(field.getValue());
                }
            });
        } else if (node instanceof ArrayNode rows) {
            rows.forEach(FrameDamage::quote);
        }
    }

    /** The first size has 20 digits. */
    private static void wide(JsonNode data) {
        if (data instanceof ArrayNode rows && rows.get(0) instanceof ObjectNode row && row.has("v")) {
            row.put("v", WIDE);
        } else if (data instanceof ObjectNode event && event.has("q")) {
            event.put("q", WIDE);
        } else if (levels(data, "b") != null && !levels(data, "b").isEmpty()) {
            ArrayNode level = (ArrayNode) levels(data, "b").get(0);
            if (new BigDecimal(level.get(1).asText()).signum() != 0) {
                level.set(1, TextNode.valueOf(WIDE));
            }
        }
    }

    /** Levels beyond the last ones of a snapshot. */
    private static void deepen(JsonNode data) {
        deepen(levels(data, "b"), -1);
        deepen(levels(data, "a"), 1);
    }

    private static void deepen(ArrayNode side, int direction) {
        if (side == null || side.size() < 2) {
            return;
        }
        BigDecimal last = new BigDecimal(side.get(side.size() - 1).get(0).asText());
        BigDecimal step = new BigDecimal(side.get(side.size() - 2).get(0).asText())
                .subtract(last)
                .abs()
                .multiply(BigDecimal.valueOf(direction));
        BigDecimal price = last.add(step);
        for (int i = 0; i < EXTRA_LEVELS && price.signum() > 0; i++, price = price.add(step)) {
            side.addArray().add(price.toPlainString()).add("1");
        }
    }

    /** The volume of candles and trades is larger. */
    private static void correct(JsonNode data) {
        if (data.get("k") instanceof ObjectNode candle) {
            candle.put(
                    "v",
                    new BigDecimal(candle.get("v").asText()).add(BigDecimal.ONE).toPlainString());
        } else if (data instanceof ArrayNode rows) {
            for (JsonNode row : rows) {
                if (row instanceof ObjectNode candle && candle.has("volume")) {
                    candle.put(
                            "volume",
                            new BigDecimal(candle.get("volume").asText())
                                    .add(BigDecimal.ONE)
                                    .toPlainString());
                }
            }
        }
    }

    private static ArrayNode levels(JsonNode data, String side) {
        return data instanceof ObjectNode book && book.get(side) instanceof ArrayNode levels ? levels : null;
    }
}
