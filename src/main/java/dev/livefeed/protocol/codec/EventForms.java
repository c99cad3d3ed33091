package dev.livefeed.protocol.codec;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The other event types. An entry here makes a type known to the reader and the writer. */
final class EventForms {

    private static final List<EventForm<?>> ALL = Stream.concat(
                    Stream.of(
                            new TickerForm(),
                            new KlineForm(),
                            new RpiDepthForm(),
                            new OrderForm(),
                            new ExecutionForm(),
                            new PositionForm(),
                            new WalletForm()),
                    RiskForms.all().stream())
            .toList();

    private static final Map<String, EventForm<?>> BY_TYPE =
            ALL.stream().collect(Collectors.toUnmodifiableMap(EventForm::type, Function.identity()));

    private EventForms() {}

    static List<EventForm<?>> all() {
        return ALL;
    }

    /** The form of the type, or null. */
    static EventForm<?> of(String type) {
        return BY_TYPE.get(type);
    }
}
