package dev.livefeed.exchange.binance.market;

import dev.livefeed.exchange.market.Instrument;
import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.market.Step;
import dev.livefeed.exchange.stream.TopLevels;
import dev.livefeed.exchange.wire.AsciiText;

/** Prices and sizes as text: with 8 decimals on spot, with the decimals of the instrument otherwise. */
public final class BinanceNumbers implements TopLevels.LevelFormat {

    private static final int SPOT_SCALE = 8;

    private final Step tick;
    private final Step lot;
    private final boolean padded;

    BinanceNumbers(Instrument instrument) {
        tick = instrument.tick();
        lot = instrument.lot();
        padded = instrument.category() == ProductCategory.SPOT;
    }

    @Override
    public void price(AsciiText out, long ticks) {
        write(out, tick, ticks);
    }

    @Override
    public void size(AsciiText out, long lots) {
        write(out, lot, lots);
    }

    public String price(long ticks) {
        AsciiText out = new AsciiText(24);
        price(out, ticks);
        return out.toString();
    }

    public String size(long lots) {
        AsciiText out = new AsciiText(24);
        size(out, lots);
        return out.toString();
    }

    private void write(AsciiText out, Step step, long count) {
        step.write(out, count, false);
        if (padded) {
            if (step.scale() == 0) {
                out.add('.');
            }
            for (int scale = step.scale(); scale < SPOT_SCALE; scale++) {
                out.add('0');
            }
        }
    }
}
