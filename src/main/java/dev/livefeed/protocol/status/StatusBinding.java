package dev.livefeed.protocol.status;

import dev.livefeed.protocol.status.Status.Extras;
import dev.livefeed.protocol.status.Status.Head;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The fields of a status's line and the components of its record: {@code retryInMs} is the field {@code retry_in_ms},
 * and those of a {@link ConnectionInfo} are fields of the line. A component takes what has its form; the line's own
 * value stays among the {@link Extras} unless the component is written just so.
 */
final class StatusBinding {

    private static final Map<String, StatusBinding> BY_STATUS = new HashMap<>();

    static {
        addTypes(Status.class);
    }

    private static void addTypes(Class<?> group) {
        for (Class<?> type : group.getPermittedSubclasses()) {
            if (type.isInterface()) {
                addTypes(type);
            } else if (type != UnknownStatus.class) {
                BY_STATUS.put(constant(type), new StatusBinding(type));
            }
        }
    }

    private final Class<?> type;

    private StatusBinding(Class<?> type) {
        this.type = type;
    }

    /** How lines of that status are bound, or null where this version does not know it. */
    static StatusBinding of(String status) {
        return BY_STATUS.get(status);
    }

    private static String constant(Class<?> type) {
        try {
            return (String) type.getField("STATUS").get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " must have a public constant STATUS with its word", e);
        }
    }

    Status read(Head head, Map<String, Object> details) {
        Map<String, Object> line = new LinkedHashMap<>(details);
        line.values().removeIf(value -> value == null);
        Status status = read(head, line, List.of());
        List<String> order = List.copyOf(line.keySet());
        return List.copyOf(details(status).keySet()).equals(order) ? status : read(head, line, order);
    }

    private Status read(Head head, Map<String, Object> line, List<String> order) {
        return (Status) read(type, head, new LinkedHashMap<>(line), order);
    }

    private static Object read(Class<?> record, Head head, Map<String, Object> left, List<String> order) {
        List<Object> values = new ArrayList<>();
        for (RecordComponent component : record.getRecordComponents()) {
            Class<?> form = component.getType();
            if (form == Head.class) {
                values.add(head);
            } else if (form == Extras.class) {
                values.add(new Extras(left, order));
            } else if (form.isRecord()) {
                values.add(read(form, head, left, order));
            } else {
                values.add(take(field(component), form, left));
            }
        }
        Class<?>[] forms = Arrays.stream(record.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = record.getDeclaredConstructor(forms);
            return constructor.newInstance(values.toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(record + " cannot be made of " + values, e);
        }
    }

    private static Object take(String field, Class<?> form, Map<String, Object> left) {
        Object value = left.get(field);
        Object taken = value == null ? null : converted(value, form);
        boolean unwritten = form == boolean.class && Boolean.FALSE.equals(taken);
        if (taken != null && !unwritten && writtenAs(value, taken)) {
            left.remove(field);
        }
        return taken == null && form == boolean.class ? Boolean.FALSE : taken;
    }

    /** A decimal has the same digits. */
    private static boolean writtenAs(Object value, Object taken) {
        return value.equals(written(taken))
                || taken instanceof Double && value.toString().equals(taken.toString());
    }

    /** The value as a component of that form, or null where it cannot be one. */
    private static Object converted(Object value, Class<?> form) {
        if (form == String.class) {
            return value instanceof String || value instanceof Number ? value.toString() : null;
        }
        if (form == Long.class) {
            return value instanceof Number number ? number.longValue() : null;
        }
        if (form == Double.class) {
            return value instanceof Number number ? number.doubleValue() : null;
        }
        if (form == boolean.class || form == Boolean.class) {
            return value instanceof Boolean ? value : null;
        }
        if (form == List.class) {
            return value instanceof List<?> list && list.stream().allMatch(String.class::isInstance) ? value : null;
        }
        if (form == Instant.class) {
            try {
                return value instanceof String text ? Instant.parse(text) : null;
            } catch (DateTimeException e) {
                return null;
            }
        }
        throw new IllegalStateException("a component of a status cannot be a " + form);
    }

    /** As a line has it; null where the line has none. */
    private static Object written(Object value) {
        if (value instanceof Long number && number == number.intValue()) {
            return number.intValue();
        }
        return value instanceof Instant ? value.toString() : value;
    }

    Map<String, Object> details(Status status) {
        Map<String, Object> details = new LinkedHashMap<>();
        List<String> order = write(status, details);
        if (order.isEmpty()) {
            return details;
        }
        Map<String, Object> ordered = new LinkedHashMap<>();
        order.forEach(field -> ordered.put(field, details.get(field)));
        return ordered;
    }

    private static List<String> write(Object record, Map<String, Object> details) {
        List<String> order = List.of();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Object value = value(record, component);
            if (value instanceof Head || value == null) {
                continue;
            }
            if (value instanceof Extras more) {
                details.putAll(more.values());
                order = more.order();
            } else if (value instanceof Record nested) {
                write(nested, details);
            } else if (component.getType() != boolean.class || Boolean.TRUE.equals(value)) {
                details.put(field(component), written(value));
            }
        }
        return order;
    }

    private static Object value(Object record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(component + " cannot be read", e);
        }
    }

    private static String field(RecordComponent component) {
        return component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
