package dev.livefeed.protocol.codec;

import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.Status;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The event types, and the lines of those that are neither trades, depth, statuses nor errors. An entry here makes a
 * type known to the reader and the writer.
 */
public final class EventForms {

    private static final List<EventForm<?>> ALL = Stream.of(
                    List.of(new TickerForm(), new KlineForm()),
                    RiskForms.all(),
                    List.of(
                            new RpiDepthForm(),
                            new OrderForm(),
                            new ExecutionForm(),
                            new PositionForm(),
                            new WalletForm()))
            .<EventForm<?>>flatMap(List::stream)
            .toList();

    private static final List<String> TYPES = Stream.of(
                    Stream.of(Trade.TYPE, Depth.TYPE),
                    ALL.stream().flatMap(form -> form.eventTypes().stream()),
                    Stream.of(Status.TYPE, Failure.TYPE))
            .flatMap(types -> types)
            .toList();

    private static final Map<String, EventForm<?>> BY_TYPE =
            ALL.stream().collect(Collectors.toUnmodifiableMap(EventForm::type, Function.identity()));

    private static final List<String> SHARED =
            List.of("timestamp", "symbol", "category", "received_at", "synthetic", "history");

    private static final Map<String, List<String>> OF_FAST_TYPES = Map.of(
            Trade.TYPE,
                    List.of("price", "qty", "side", "id", "is_buyer_maker", "seq", "block_trade", "rpi", "repaired"),
            Depth.TYPE, List.of("bids", "asks", "last_update_id", "snapshot", "prev_update_id", "levels"));

    private EventForms() {}

    /** The types of all live events, by which routes and sinks choose; events of the past have a type of their own. */
    public static List<String> types() {
        return TYPES;
    }

    /** Names of the fields that a line of the type may have besides {@code type}; empty for a type without a form. */
    public static Set<String> fields(String type) {
        List<String> own = OF_FAST_TYPES.get(type);
        EventForm<?> form = of(type);
        if (own == null && form == null) {
            return Set.of();
        }
        Stream<String> names =
                own != null ? own.stream() : form.fields().stream().map(EventForm.Field::name);
        return Stream.concat(names, SHARED.stream()).collect(Collectors.toUnmodifiableSet());
    }

    /** The form of the type, or null. */
    static EventForm<?> of(String type) {
        return BY_TYPE.get(type);
    }
}
