package dev.livefeed.app.market;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.livefeed.app.state.DamagedStateException;
import java.io.IOException;
import java.math.BigDecimal;

/** The form in which a symbol's context is saved. */
record ContextState(String symbol, long late, long tooLate, DayState today, DayState yesterday) {

    static final String KIND = "market-context";
    static final int VERSION = 1;

    private static final ObjectMapper JSON = mapper();

    static JsonNode write(String symbol, SymbolContext context) {
        return JSON.valueToTree(new ContextState(
                symbol,
                context.late(),
                context.tooLate(),
                DayState.of(context.today()),
                DayState.of(context.yesterday())));
    }

    /** @throws DamagedStateException where the content cannot be a context */
    static ContextState read(JsonNode content) throws DamagedStateException {
        try {
            ContextState state = JSON.treeToValue(content, ContextState.class);
            if (state.symbol == null || state.today == null) {
                throw new DamagedStateException("it names no symbol or no day");
            }
            return state;
        } catch (IOException e) {
            throw new DamagedStateException("its content is no market context: "
                    + e.getMessage().lines().findFirst().orElse(""));
        }
    }

    /** @throws DamagedStateException where the figures contradict each other; the context is as it was then */
    void restoreTo(SymbolContext context, ContextRules rules) throws DamagedStateException {
        try {
            DayContext restoredToday = today.restore(rules);
            DayContext restoredYesterday = yesterday == null ? null : yesterday.restore(rules);
            if (restoredYesterday != null && !restoredYesterday.day.plusDays(1).equals(restoredToday.day)) {
                throw new DamagedStateException("its days are not side by side");
            }
            context.restore(restoredToday, restoredYesterday, late, tooLate);
        } catch (RuntimeException e) {
            throw new DamagedStateException("its figures cannot be right: " + e.getMessage());
        }
    }

    private static ObjectMapper mapper() {
        ObjectMapper mapper = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
        mapper.configOverride(BigDecimal.class).setFormat(JsonFormat.Value.forShape(JsonFormat.Shape.STRING));
        return mapper;
    }
}
