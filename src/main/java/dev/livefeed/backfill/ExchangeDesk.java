package dev.livefeed.backfill;

import dev.livefeed.market.Market;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Joins the parts that ask the exchange's REST interface. */
public final class ExchangeDesk {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final long OPEN_MILLIS = 60_000;

    private final Instruments instruments;
    private final Backfill backfill;

    /**
     * Nothing is asked before the parts are started.
     *
     * @param address of the REST interface without a path, or null where the source has none
     * @param millis a clock that never goes back, milliseconds
     * @param wallMillis wall clock, milliseconds since 1970
     */
    public ExchangeDesk(
            String address, Backfill.Plan plan, Market market, LongSupplier millis, LongSupplier wallMillis) {
        PatientRest rest = address == null
                ? null
                : new PatientRest(
                        new BybitRest(address, TIMEOUT, wallMillis), new Circuit(OPEN_MILLIS, millis), Thread::sleep);
        instruments = new Instruments(rest, plan.category(), plan.symbols(), market, wallMillis);
        backfill = new Backfill(plan, instruments, rest, market, wallMillis, new Progress(millis));
    }

    public Instruments instruments() {
        return instruments;
    }

    public Backfill backfill() {
        return backfill;
    }
}
