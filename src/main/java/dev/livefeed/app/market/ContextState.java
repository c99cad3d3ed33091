package dev.livefeed.app.market;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.livefeed.app.state.DamagedStateException;
import dev.livefeed.naming.OneLine;
import dev.livefeed.protocol.model.InstrumentId;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * The saved form of an instrument's context.
 *
 * @param symbol the instrument's text form; earlier versions wrote the symbol only
 */
record ContextState(String symbol, long late, long tooLate, DayState today, DayState yesterday) {

    static final String KIND = "market-context";
    static final int VERSION = 1;

    private static final ObjectMapper JSON = mapper();

    static JsonNode write(InstrumentId instrument, SymbolContext context) {
        return JSON.valueToTree(new ContextState(
                instrument.toString(),
                context.late(),
                context.tooLate(),
                DayState.of(context.today()),
                DayState.of(context.yesterday())));
    }

    /** @throws DamagedStateException if the content is not a context */
    static ContextState read(JsonNode content) throws DamagedStateException {
        try {
            ContextState state = JSON.treeToValue(content, ContextState.class);
            if (state == null || state.symbol == null || state.today == null) {
                throw new DamagedStateException("the symbol or the day is missing");
            }
            return state;
        } catch (IOException e) {
            throw new DamagedStateException("the content is not a market context: "
                    + OneLine.of(e.getMessage().lines().findFirst().orElse("")));
        }
    }

    boolean isOf(InstrumentId instrument) {
        return InstrumentId.parse(symbol).filter(id -> id.matches(instrument)).isPresent();
    }

    /** @throws DamagedStateException if the figures contradict each other; the context is unchanged then */
    void restoreTo(SymbolContext context, ContextRules rules) throws DamagedStateException {
        try {
            DayContext restoredToday = today.restore(rules);
            DayContext restoredYesterday = yesterday == null ? null : yesterday.restore(rules);
            if (restoredYesterday != null && !restoredYesterday.day.plusDays(1).equals(restoredToday.day)) {
                throw new DamagedStateException("the days are not consecutive");
            }
            context.restore(restoredToday, restoredYesterday, late, tooLate);
        } catch (RuntimeException e) {
            throw new DamagedStateException("the figures are inconsistent: " + e.getMessage());
        }
    }

    private static ObjectMapper mapper() {
        ObjectMapper mapper = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
        mapper.configOverride(BigDecimal.class).setFormat(JsonFormat.Value.forShape(JsonFormat.Shape.STRING));
        return mapper;
    }
}
