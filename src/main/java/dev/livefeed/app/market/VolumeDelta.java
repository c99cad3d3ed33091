package dev.livefeed.app.market;

import dev.livefeed.app.market.exact.Amount;
import dev.livefeed.protocol.model.Side;
import java.math.BigDecimal;

/** Volume bought and sold by takers during a day, before and after the start of the opening range. Not thread-safe. */
final class VolumeDelta {

    final Amount boughtBefore = new Amount();
    final Amount soldBefore = new Amount();
    final Amount boughtSince = new Amount();
    final Amount soldSince = new Amount();

    void add(Side side, Amount amount, boolean before) {
        if (side == Side.BUY) {
            (before ? boughtBefore : boughtSince).add(amount);
        } else {
            (before ? soldBefore : soldSince).add(amount);
        }
    }

    VolumeDelta copy() {
        VolumeDelta copy = new VolumeDelta();
        copy.boughtBefore.set(boughtBefore);
        copy.soldBefore.set(soldBefore);
        copy.boughtSince.set(boughtSince);
        copy.soldSince.set(soldSince);
        return copy;
    }

    BigDecimal before() {
        return boughtBefore.decimal().subtract(soldBefore.decimal());
    }

    BigDecimal since() {
        return boughtSince.decimal().subtract(soldSince.decimal());
    }

    BigDecimal bought() {
        return boughtBefore.decimal().add(boughtSince.decimal());
    }

    BigDecimal sold() {
        return soldBefore.decimal().add(soldSince.decimal());
    }
}
