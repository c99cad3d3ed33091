package dev.livefeed.app.paper;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reference implementation of the paper broker: prices are whole ticks, quantities whole lots, books are arrays, and
 * nothing is removed. Shares no code with the broker.
 */
final class ReferenceBroker {

    static final int TICKS = 60;

    static final class Ticket {
        long id;
        long came;
        boolean buy;
        OrderType type;
        long left;
        int price;
        int stop;
        boolean live = true;
        boolean triggered;
        boolean rests;
        long ahead;
        long credit;
        long creditAt;
    }

    record Done(long id, boolean buy, int price, long qty, boolean maker) {}

    final long[] bid = new long[TICKS];
    final long[] ask = new long[TICKS];
    private final long[][] taken = new long[2][TICKS];
    private final long[][] takenOf = new long[2][TICKS];
    final List<Ticket> tickets = new ArrayList<>();
    final List<Done> fills = new ArrayList<>();
    private final int depth;
    long now;
    boolean synced = true;

    ReferenceBroker(int depth) {
        this.depth = depth;
    }

    int bestBid() {
        for (int p = TICKS - 1; p >= 0; p--) {
            if (bid[p] > 0) {
                return p;
            }
        }
        return -1;
    }

    int bestAsk() {
        for (int p = 0; p < TICKS; p++) {
            if (ask[p] > 0) {
                return p;
            }
        }
        return TICKS;
    }

    /** Quantity at a price as far as the book is shown; -1 beyond. */
    private long shown(boolean buySide, int price) {
        int seen = 0;
        int worst = -1;
        long[] side = buySide ? bid : ask;
        for (int i = 0; i < TICKS && seen < depth; i++) {
            int p = buySide ? TICKS - 1 - i : i;
            if (side[p] > 0) {
                seen++;
                worst = p;
                if (p == price) {
                    return side[p];
                }
            }
        }
        boolean beyond = seen > 0 && (buySide ? price < worst : price > worst);
        return (seen == depth && beyond) ? -1 : 0;
    }

    /** Returns whether it was accepted. */
    boolean place(long id, boolean buy, OrderType type, long qty, int price, int stop) {
        if (!synced) {
            return false;
        }
        int best = buy ? bestAsk() : bestBid();
        boolean any = buy ? best < TICKS : best >= 0;
        if (type == OrderType.MARKET && !any) {
            return false;
        }
        if (type == OrderType.POST_ONLY && any && (buy ? price >= best : price <= best)) {
            return false;
        }
        Ticket ticket = new Ticket();
        ticket.id = id;
        ticket.came = now;
        ticket.buy = buy;
        ticket.type = type;
        ticket.left = qty;
        ticket.price = price;
        ticket.stop = stop;
        tickets.add(ticket);
        if (type == OrderType.MARKET) {
            take(ticket, buy ? TICKS : -1);
            ticket.live = false;
        } else if (type == OrderType.IOC) {
            take(ticket, price);
            ticket.live = false;
        } else if (type != OrderType.STOP) {
            long ahead = shown(buy, price);
            if (type == OrderType.LIMIT) {
                take(ticket, price);
            }
            ticket.ahead = ahead;
            ticket.rests = ticket.left > 0;
            ticket.live = ticket.left > 0;
        }
        return true;
    }

    private void take(Ticket ticket, int limit) {
        int side = ticket.buy ? 1 : 0;
        long[] book = ticket.buy ? ask : bid;
        int looked = 0;
        for (int i = 0; i < TICKS; i++) {
            int p = ticket.buy ? i : TICKS - 1 - i;
            looked += book[p] > 0 ? 1 : 0;
            if (looked > depth || takenOf[side][p] != book[p]) {
                taken[side][p] = 0;
            }
        }
        int seen = 0;
        for (int i = 0; i < TICKS && seen < depth && ticket.left > 0; i++) {
            int p = ticket.buy ? i : TICKS - 1 - i;
            if (book[p] == 0) {
                continue;
            }
            seen++;
            if (ticket.buy ? p > limit : p < limit) {
                return;
            }
            long gone = taken[side][p];
            long qty = Math.min(ticket.left, book[p] - gone);
            if (qty > 0) {
                takenOf[side][p] = book[p];
                taken[side][p] = gone + qty;
                ticket.left -= qty;
                fills.add(new Done(ticket.id, ticket.buy, p, qty, false));
            }
        }
    }

    void cancel(long id) {
        for (Ticket ticket : tickets) {
            if (ticket.id == id) {
                ticket.live = false;
            }
        }
    }

    void cancelAll() {
        tickets.forEach(ticket -> ticket.live = false);
    }

    /** The application was restarted. */
    void restart() {
        cancelAll();
        for (long[] side : taken) {
            Arrays.fill(side, 0);
        }
    }

    /** The book has changed. */
    void depth() {
        if (!synced) {
            return;
        }
        for (Ticket ticket : tickets) {
            if (ticket.live && ticket.rests) {
                long shown = shown(ticket.buy, ticket.price);
                if (shown < 0) {
                    continue;
                }
                if (ticket.ahead < 0) {
                    ticket.ahead = shown;
                } else if (shown < ticket.ahead) {
                    if (now - ticket.creditAt > 1_000_000) {
                        ticket.credit = 0;
                    }
                    ticket.credit += ticket.ahead - shown;
                    ticket.creditAt = now;
                    ticket.ahead = shown;
                }
            }
        }
        for (Ticket ticket : tickets) {
            if (ticket.live && ticket.triggered) {
                take(ticket, ticket.buy ? TICKS : -1);
                ticket.live = false;
            }
        }
    }

    /** @param at time of the trade; orders placed later do not take part */
    void trade(long at, boolean takerBuys, int price, long qty) {
        if (synced) {
            long left = qty;
            for (int i = 0; i < TICKS; i++) {
                int p = takerBuys ? i : TICKS - 1 - i;
                if (takerBuys ? p >= price : p <= price) {
                    break;
                }
                for (Ticket ticket : tickets) {
                    if (ticket.live
                            && ticket.rests
                            && ticket.came <= at
                            && ticket.buy != takerBuys
                            && ticket.price == p
                            && left > 0) {
                        ticket.ahead = 0;
                        ticket.credit = 0;
                        left -= make(ticket, left);
                    }
                }
            }
            long own = 0;
            for (Ticket ticket : tickets) {
                if (ticket.live
                        && ticket.rests
                        && ticket.came <= at
                        && ticket.buy != takerBuys
                        && ticket.price == price
                        && ticket.ahead >= 0) {
                    long reach = left;
                    if (ticket.credit > 0) {
                        if (now - ticket.creditAt <= 1_000_000) {
                            long explained = Math.min(ticket.credit, reach);
                            ticket.credit -= explained;
                            reach -= explained;
                        } else {
                            ticket.credit = 0;
                        }
                    }
                    long before = Math.min(ticket.ahead, reach);
                    ticket.ahead -= before;
                    reach -= before + own;
                    if (reach > 0) {
                        own += make(ticket, reach);
                    }
                }
            }
        }
        for (Ticket ticket : tickets) {
            boolean reached = ticket.came <= at && (ticket.buy ? price >= ticket.stop : price <= ticket.stop);
            if (ticket.live && ticket.type == OrderType.STOP && !ticket.triggered && reached) {
                ticket.triggered = true;
                if (synced) {
                    take(ticket, ticket.buy ? TICKS : -1);
                    ticket.live = false;
                }
            }
        }
    }

    private long make(Ticket ticket, long most) {
        long qty = Math.min(ticket.left, most);
        ticket.left -= qty;
        ticket.live = ticket.left > 0;
        fills.add(new Done(ticket.id, ticket.buy, ticket.price, qty, true));
        return qty;
    }

    // Money, derived from the fills only.

    /** Change of cash in ticks x lots, without fees. */
    long flow() {
        return fills.stream()
                .mapToLong(f -> (f.buy() ? -1 : 1) * f.price() * f.qty())
                .sum();
    }

    BigDecimal fees(BigDecimal tick, BigDecimal lot) {
        return fees(fills, tick, lot);
    }

    static BigDecimal fees(List<Done> of, BigDecimal tick, BigDecimal lot) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Done fill : of) {
            BigDecimal value =
                    BigDecimal.valueOf(fill.price() * fill.qty()).multiply(tick).multiply(lot);
            sum = sum.add(value.multiply(fill.maker() ? PaperSetup.MAKER : PaperSetup.TAKER));
        }
        return sum;
    }
}
