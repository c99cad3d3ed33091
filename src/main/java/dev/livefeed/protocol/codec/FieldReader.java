package dev.livefeed.protocol.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.livefeed.protocol.codec.EventForm.Field;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.TypedEvent;
import java.io.IOException;

/** Parses the fields of a line by the rules of an {@link EventForm}, in one pass. Not thread-safe. */
final class FieldReader implements FieldValues {

    private final EventReader reader;
    private final FieldRule.Tools tools;
    private Object[] values = new Object[0];
    private String symbol;
    private String category;
    private InstrumentId instrument;
    private long timestamp;
    private long receivedAt;
    private Boolean lineSynthetic;
    private Boolean history;

    /** @param reader parses the fields shared by all types */
    FieldReader(EventReader reader, FieldRule.Tools tools) {
        this.reader = reader;
        this.tools = tools;
    }

    /** Parses the fields after {@code type} to the end of the line. */
    <E extends TypedEvent> E read(EventForm<E> form, JsonParser p) throws IOException, InvalidEventException {
        values = new Object[form.fields().size()];
        symbol = null;
        category = null;
        timestamp = -1;
        receivedAt = -1;
        lineSynthetic = null;
        history = null;
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            JsonToken value = p.nextToken();
            if (value == JsonToken.VALUE_NULL) {
                continue;
            }
            Field<E, ?> field = form.field(name);
            if (field == null) {
                shared(p, value, name);
            } else {
                once(values[field.index()] == null, name);
                values[field.index()] = field.rule().read(p, value, name, tools);
            }
        }
        EventReader.end(p);
        complete(form);
        return form.event(this);
    }

    private void shared(JsonParser p, JsonToken value, String name) throws IOException, InvalidEventException {
        switch (name) {
            case "timestamp" -> {
                once(timestamp < 0, name);
                timestamp = tools.times().parse(p, value, name);
            }
            case "symbol" -> {
                once(symbol == null, name);
                symbol = reader.symbol(p, value);
            }
            case "category" -> {
                once(category == null, name);
                category = reader.category(p, value);
            }
            case "received_at" -> {
                once(receivedAt < 0, name);
                receivedAt = tools.times().checked(EventReader.integer(p, value, name), name);
            }
            case "synthetic" -> {
                once(lineSynthetic == null, name);
                lineSynthetic = EventReader.bool(p, value, name);
            }
            case "history" -> {
                once(history == null, name);
                history = EventReader.bool(p, value, name);
            }
            case "type" -> once(false, name);
            default -> p.skipChildren();
        }
    }

    private <E extends TypedEvent> void complete(EventForm<E> form) throws InvalidEventException {
        if (timestamp < 0) {
            throw missing("timestamp");
        }
        for (Field<E, ?> field : form.fields()) {
            if (field.required() && values[field.index()] == null) {
                throw missing(field.name());
            }
        }
        if (symbol == null && !form.aboutOneSymbol()) {
            instrument = null;
        } else {
            instrument = form.ofAccount()
                    ? reader.instrumentOfAccount(symbol, category)
                    : reader.instrument(symbol, category);
        }
    }

    private static InvalidEventException missing(String name) {
        return new InvalidEventException(InvalidReason.MISSING_FIELD, name + " is missing");
    }

    private static void once(boolean first, String name) throws InvalidEventException {
        if (!first) {
            throw new InvalidEventException(InvalidReason.DUPLICATE_FIELD, name + " occurs twice in the line");
        }
    }

    @Override
    @SuppressWarnings("unchecked") // each value was read by the rule of its field
    public <T> T get(Field<?, T> field) {
        return (T) values[field.index()];
    }

    /** Whether the line that was read last is about the past. */
    boolean history() {
        return Boolean.TRUE.equals(history);
    }

    @Override
    public InstrumentId instrument() {
        return instrument;
    }

    @Override
    public String symbol() {
        return instrument == null ? null : instrument.symbol();
    }

    @Override
    public String category() {
        return category;
    }

    @Override
    public long timestamp() {
        return timestamp;
    }

    @Override
    public long receivedAt() {
        return receivedAt < 0 ? reader.now() : receivedAt;
    }

    @Override
    public boolean synthetic() {
        return reader.synthetic() || Boolean.TRUE.equals(lineSynthetic);
    }
}
