package dev.livefeed.protocol.codec;

import dev.livefeed.protocol.model.AccountEvent;
import dev.livefeed.protocol.model.TypedEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The line of one other event type: its own fields with their rules, in the order of writing. The fields shared by all
 * types (timestamp, symbol, category, received_at, synthetic) are handled by {@link FieldReader} and {@link #write}.
 *
 * @param <E> type of the event
 */
abstract class EventForm<E extends TypedEvent> {

    private final String type;
    private final Class<E> event;
    private final String start;
    private final List<Field<E, ?>> fields = new ArrayList<>();
    private final Map<String, Field<E, ?>> byName = new HashMap<>();

    /** One field of the line. */
    static final class Field<E, T> {

        private final int index;
        private final String name;
        private final String key;
        private final boolean required;
        private final FieldRule<T> rule;
        private final Function<E, T> value;

        private Field(int index, String name, boolean required, FieldRule<T> rule, Function<E, T> value) {
            this.index = index;
            this.name = name;
            this.key = ",\"" + name + "\":";
            this.required = required;
            this.rule = rule;
            this.value = value;
        }

        int index() {
            return index;
        }

        String name() {
            return name;
        }

        boolean required() {
            return required;
        }

        FieldRule<T> rule() {
            return rule;
        }

        private void write(JsonBuffer out, E event) {
            T written = value.apply(event);
            if (written != null) {
                out.ascii(key);
                rule.write(out, written);
            }
        }
    }

    EventForm(String type, Class<E> event) {
        this.type = type;
        this.event = event;
        this.start = "{\"type\":\"" + type + '"';
    }

    /** Creates the event from the parsed fields, or reports inconsistent fields. */
    abstract E event(FieldValues line) throws InvalidEventException;

    /** Whether the type is about one symbol; otherwise a missing symbol remains null. */
    boolean aboutOneSymbol() {
        return true;
    }

    /** Whether the type is a row of the user's account, which may hold an instrument that is not subscribed. */
    final boolean ofAccount() {
        return AccountEvent.class.isAssignableFrom(event);
    }

    /**
     * Adds a required field.
     *
     * @param value returns the field's value, never null
     */
    final <T> Field<E, T> required(String name, FieldRule<T> rule, Function<E, T> value) {
        return field(name, true, rule, value);
    }

    /**
     * Adds an optional field.
     *
     * @param value returns the field's value; null is not written
     */
    final <T> Field<E, T> optional(String name, FieldRule<T> rule, Function<E, T> value) {
        return field(name, false, rule, value);
    }

    private <T> Field<E, T> field(String name, boolean required, FieldRule<T> rule, Function<E, T> value) {
        Field<E, T> field = new Field<>(fields.size(), name, required, rule, value);
        fields.add(field);
        if (byName.put(name, field) != null) {
            throw new IllegalArgumentException(type + " has the field " + name + " twice");
        }
        return field;
    }

    String type() {
        return type;
    }

    /** The types of the events that such a line can hold. */
    List<String> eventTypes() {
        return List.of(type);
    }

    List<Field<E, ?>> fields() {
        return fields;
    }

    /** The field with this name, or null. */
    Field<E, ?> field(String name) {
        return byName.get(name);
    }

    /**
     * Writes the event as JSON without its end; {@code received_at} and {@code synthetic} are written in the same way
     * for all events.
     *
     * @param withVenue whether the line has the field {@code venue}
     */
    final void write(JsonBuffer out, TypedEvent any, boolean withVenue) {
        E written = event.cast(any);
        out.ascii(start).ascii(",\"timestamp\":").millis(written.timestampMicros());
        if (written.symbol() != null) {
            out.ascii(",\"symbol\":").string(written.symbol());
        }
        if (written.category() != null) {
            out.ascii(",\"category\":").string(written.category());
        }
        if (withVenue && written.venue() != null) {
            out.ascii(",\"venue\":").string(written.venue());
        }
        for (Field<E, ?> field : fields) {
            field.write(out, written);
        }
    }
}
