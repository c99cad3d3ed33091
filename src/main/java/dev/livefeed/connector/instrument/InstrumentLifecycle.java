package dev.livefeed.connector.instrument;

import dev.livefeed.connector.feed.LimitAlarms;
import dev.livefeed.connector.feed.VenueCategory;
import dev.livefeed.connector.feed.VenueContext;
import dev.livefeed.connector.sdk.command.Command;
import dev.livefeed.protocol.model.TradingPhase;
import dev.livefeed.protocol.status.InstrumentEnded;
import dev.livefeed.protocol.status.Status.Head;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the subscribed instruments through their phases: requests an instrument list when one may change, reports
 * which instruments have ended, and subscribes channels that had to wait for a later phase.
 *
 * <p>An instrument has ended when the venue lists it as closed, when it has vanished from the listing after its
 * delivery time or after a refusal, or when two listings in a row lack it and it has sent nothing in between. Of a
 * subscribed group, each listed instrument is followed.
 */
public final class InstrumentLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(InstrumentLifecycle.class);

    static final int MOST = 20_000;
    private static final long PACE = 1_000_000_000L;
    private static final long POLL_MILLIS = 60_000;
    private static final long SHORTEST_RENEWAL = 5_000_000_000L;

    /** Suspicions lead to six requests a minute at most, of however many instruments. */
    private static final long BETWEEN_SUSPICIONS = 10_000_000_000L;

    private final VenueContext context;
    private final InstrumentDirectory directory;
    private final Owner owner;
    private final Map<String, FollowedInstrument> followed = new LinkedHashMap<>();
    /** Symbols that stand for groups whose instruments are all followed. */
    private final Map<String, VenueCategory> groups = new LinkedHashMap<>();
    /** When a list is due, by one of its instruments. */
    private final Map<InstrumentList, Long> due = new LinkedHashMap<>();

    /** Lists that may show why an instrument is silent, in the order of the suspicions. */
    private final Set<InstrumentList> suspected = new LinkedHashSet<>();

    /** Instruments of which channels were refused though they trade. */
    private final Set<FollowedInstrument> retried = new LinkedHashSet<>();

    private final LimitAlarms alarms;
    private long checkedAt;
    private long nextSuspicionAt;

    /** Carries out what follows from a phase. */
    public interface Owner {

        /** Whether a channel of the symbol is wanted. */
        boolean wants(VenueCategory category, String symbol);

        /** Whether a topic of the instrument has sent data since then. */
        boolean heardSince(VenueCategory category, String symbol, long nanos);

        /** The instrument is about to be reported as ended; its held trades and its last gap come before that. */
        void ending(VenueCategory category, String symbol, String reason);

        /** The channels of the instrument are to be unsubscribed; returns their names. */
        List<String> end(VenueCategory category, String symbol, String reason);

        /** Whether data is expected from the topics of the instrument. */
        void expects(VenueCategory category, String symbol, boolean data);

        /** Subscribes a channel that had to wait. */
        void subscribe(Command command);
    }

    public InstrumentLifecycle(VenueContext context, InstrumentDirectory directory, Owner owner) {
        this.context = context;
        this.directory = directory;
        this.owner = owner;
        this.alarms = new LimitAlarms(context);
        this.checkedAt = context.now();
        this.nextSuspicionAt = context.now();
        directory.onListed(this::listed);
        directory.onLookedUp(this::lookedUp);
    }

    /** The symbol is subscribed. */
    public void follow(VenueCategory category, String symbol) {
        if (category.standsForGroup(symbol)) {
            groups.put(symbol, category);
            followGroup(category, symbol);
        } else {
            FollowedInstrument one = add(category, symbol);
            ListedInstrument row = directory.of(category, symbol);
            if (one != null && row != null && !one.missing()) {
                one.listed(row);
                schedule(one);
            }
        }
    }

    /**
     * A channel of the symbol is not wanted any more.
     *
     * @param others whether other channels of it are
     */
    public void unfollow(VenueCategory category, String symbol, String channel, boolean others) {
        FollowedInstrument one = followed.get(key(category, symbol));
        if (one != null) {
            one.waiting().remove(channel);
        }
        if (others || (one != null && !one.waiting().isEmpty())) {
            return;
        }
        if (category.standsForGroup(symbol)) {
            groups.remove(symbol);
            // Its contracts may be subscribed by themselves too.
            followed.values()
                    .removeIf(other -> other.category() == category
                            && symbol.equals(category.listedWith(other.symbol()))
                            && other.waiting().isEmpty()
                            && !owner.wants(category, other.symbol()));
        } else if (!groupFollowed(category.listedWith(symbol))) {
            followed.remove(key(category, symbol));
        }
    }

    /** Whether data is expected from the instrument; true as long as nothing is known. */
    public boolean expectsData(VenueCategory category, String symbol) {
        FollowedInstrument one = followed.get(key(category, symbol));
        return one == null || one.phase() == TradingPhase.TRADING;
    }

    /**
     * Reports an instrument that had ended before a channel of it was wanted. If it is listed again, the channel is
     * subscribed.
     *
     * @return why it has ended, or null if it has not, as far as that is known
     */
    public String endedBefore(VenueCategory category, String symbol, String channel) {
        ListedInstrument row = directory.of(category, symbol);
        FollowedInstrument one = row == null || row.phase() != TradingPhase.CLOSED ? null : add(category, symbol);
        if (one == null) {
            return null;
        }
        one.listed(row);
        one.waiting().put(channel, null);
        check(one);
        return "it has ended: " + endReason(one);
    }

    /** The symbol is not known to the venue; if it is listed later, the channel is subscribed. */
    public void unknown(VenueCategory category, String symbol, String channel) {
        FollowedInstrument one = add(category, symbol);
        if (one != null) {
            one.waiting().put(channel, null);
        }
    }

    /**
     * The venue has refused a channel. It is subscribed again in the next phase of the instrument; if it trades, again
     * and again with growing waits, because the streams of a venue may know an instrument later than its list.
     *
     * @param channel null for one that was subscribed because of the base coin, which joins again with an instrument
     *     list
     */
    public void refused(VenueCategory category, String symbol, String channel) {
        FollowedInstrument one = followed.get(key(category, symbol));
        if (one == null) {
            return;
        }
        one.refused(channel);
        if (channel != null && one.phase() == TradingPhase.TRADING) {
            one.refusedWhileTrading(context.now());
            retried.add(one);
        }
        InstrumentList list = directory.list(category, symbol);
        if (one.missing()) {
            check(one);
        } else if (list != null) {
            due.put(list, context.now());
        }
    }

    /**
     * The instrument does not send what is expected of it: a new listing may show why. It is requested soon, and after
     * those that others are suspected for.
     */
    public void suspect(VenueCategory category, String symbol) {
        InstrumentList list = followed.containsKey(key(category, symbol)) ? directory.list(category, symbol) : null;
        if (list != null) {
            suspected.add(list);
        }
    }

    private void listed(InstrumentList list) {
        due.remove(list);
        suspected.remove(list);
        if (list.group() != null && groups.containsKey(list.group())) {
            followGroup(list.category(), list.group());
        }
        for (FollowedInstrument one : new ArrayList<>(followed.values())) {
            if (directory.list(one.category(), one.symbol()) == list) {
                ListedInstrument row = list.of(one.symbol());
                if (list.lastSucceeded()) {
                    update(one, listedOrAlone(list, one));
                } else if (list.lastRead() && row != null) {
                    update(one, row);
                }
                schedule(one);
            }
        }
    }

    /** The listed row; of an instrument that no instrument list had yet, the row that it was looked up with. */
    private ListedInstrument listedOrAlone(InstrumentList list, FollowedInstrument one) {
        ListedInstrument row = list.of(one.symbol());
        if (row != null || !one.neverListed()) {
            one.listedInGeneral(row != null);
            return row;
        }
        if (!one.ended()) {
            directory.lookUp(one.category(), one.symbol());
        }
        return directory.of(one.category(), one.symbol());
    }

    private void lookedUp(VenueCategory category, String symbol) {
        FollowedInstrument one = followed.get(key(category, symbol));
        InstrumentList list = directory.list(category, symbol);
        if (one != null && one.neverListed() && list != null && list.of(symbol) == null) {
            update(one, directory.of(category, symbol));
            schedule(one);
        }
    }

    private void update(FollowedInstrument one, ListedInstrument row) {
        TradingPhase before = one.phase();
        if (row == null) {
            one.notListed(
                    context.now(), one.missing() && owner.heardSince(one.category(), one.symbol(), one.missingSince()));
        } else {
            one.listed(row);
        }
        if (one.ended() && row != null && row.phase() != TradingPhase.CLOSED) {
            LOG.info("instrument_listed_again symbol={}:{}", one.category(), one.symbol());
            one.ended(false);
        }
        check(one);
        TradingPhase now = one.phase();
        if (now != before) {
            LOG.info("instrument_phase symbol={}:{} phase={} before={}", one.category(), one.symbol(), now, before);
        }
        owner.expects(one.category(), one.symbol(), now == TradingPhase.TRADING);
        if (row != null && !one.ended()) {
            subscribeWaiting(one);
        }
    }

    private void check(FollowedInstrument one) {
        if (one.ended() || !one.hasEnded(context.exchangeMicros() / 1_000)) {
            return;
        }
        one.ended(true);
        ListedInstrument last = one.last();
        String end = end(last);
        String reason = endReason(one);
        LOG.info("instrument_ended symbol={}:{} reason=\"{}\"", one.category(), one.symbol(), reason);
        owner.ending(one.category(), one.symbol(), reason);
        context.outbox()
                .status(new InstrumentEnded(
                        Head.of(context.connector(), one.symbol(), null, reason),
                        one.category().text(),
                        last.tradingStatus(),
                        end));
        context.figures().endedInstruments++;
        one.waiting().replaceAll((channel, phase) -> null);
        owner.end(one.category(), one.symbol(), reason)
                .forEach(channel -> one.waiting().put(channel, null));
        if (one.waiting().isEmpty()) {
            // A contract of a base coin: nothing is subscribed that it could wait for.
            followed.remove(key(one.category(), one.symbol()));
        }
    }

    private static String end(ListedInstrument row) {
        return row.deliveryMillis() == 0
                ? null
                : Instant.ofEpochMilli(row.deliveryMillis()).toString();
    }

    private String endReason(FollowedInstrument one) {
        ListedInstrument last = one.last();
        boolean delivered = last.deliveryMillis() > 0 && last.deliveryMillis() <= context.exchangeMicros() / 1_000;
        return (one.missing() ? "the venue does not list it any more" : "the venue lists it as " + last.tradingStatus())
                + (delivered ? "; it was delivered at " + end(last) : "");
    }

    /** A channel that waits is subscribed in every new phase. */
    private void subscribeWaiting(FollowedInstrument one) {
        Map<String, TradingPhase> waiting = new LinkedHashMap<>(one.waiting());
        waiting.forEach((channel, phase) -> {
            if (phase != one.phase()) {
                subscribe(one, channel);
            }
        });
    }

    private void subscribe(FollowedInstrument one, String channel) {
        one.waiting().remove(channel);
        owner.subscribe(new Command(
                Command.Kind.SUBSCRIBE, channel, one.symbol(), one.category().text(), null));
    }

    /** Subscribes channels again that were refused though their instrument trades. */
    private void retry(long now) {
        for (FollowedInstrument one : List.copyOf(retried)) {
            if (one.waiting().isEmpty() || followed.get(key(one.category(), one.symbol())) != one) {
                retried.remove(one);
            } else if (one.retryDue(now)) {
                retried.remove(one);
                List.copyOf(one.waiting().keySet()).forEach(channel -> subscribe(one, channel));
            }
        }
    }

    /** Requests the lists that are due. */
    public void tick() {
        long now = context.now();
        if (now - checkedAt < PACE) {
            return;
        }
        checkedAt = now;
        alarms.check(
                null,
                "instruments",
                followed.size(),
                MOST,
                "followed instruments; beyond that, the phase of further ones is not followed");
        retry(now);
        for (Map.Entry<InstrumentList, Long> one : List.copyOf(due.entrySet())) {
            if (now - one.getValue() >= 0 && one.getKey().renew(SHORTEST_RENEWAL)) {
                due.remove(one.getKey());
            }
        }
        requestSuspected(now);
    }

    private void requestSuspected(long now) {
        if (now - nextSuspicionAt < 0) {
            return;
        }
        for (InstrumentList list : suspected) {
            if (list.renew(SHORTEST_RENEWAL)) {
                suspected.remove(list);
                nextSuspicionAt = now + BETWEEN_SUSPICIONS;
                return;
            }
        }
    }

    private void schedule(FollowedInstrument one) {
        InstrumentList list = directory.list(one.category(), one.symbol());
        long millis = one.changesInMillis(context.exchangeMicros() / 1_000, POLL_MILLIS);
        if (list != null && millis >= 0) {
            due.merge(list, context.now() + millis * 1_000_000L, (a, b) -> a - b < 0 ? a : b);
        }
    }

    private void followGroup(VenueCategory category, String group) {
        InstrumentList list = directory.list(category, group);
        if (list == null) {
            return;
        }
        for (String contract : list.symbols()) {
            ListedInstrument row = list.of(contract);
            // Of one that had ended before, nothing is subscribed, and its end is no news.
            boolean ended = row.phase() == TradingPhase.CLOSED && !followed.containsKey(key(category, contract));
            FollowedInstrument one = ended ? null : add(category, contract);
            if (one != null && one.last() == null) {
                one.listed(row);
                schedule(one);
            }
        }
    }

    private FollowedInstrument add(VenueCategory category, String symbol) {
        String key = key(category, symbol);
        FollowedInstrument one = followed.get(key);
        if (one == null && followed.size() < MOST) {
            one = new FollowedInstrument(category, symbol);
            followed.put(key, one);
        }
        return one;
    }

    private boolean groupFollowed(String group) {
        return group != null && groups.containsKey(group);
    }

    private static String key(VenueCategory category, String symbol) {
        return category.text() + '/' + symbol;
    }
}
