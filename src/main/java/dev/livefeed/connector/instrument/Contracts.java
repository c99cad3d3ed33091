package dev.livefeed.connector.instrument;

import dev.livefeed.protocol.model.Symbols;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The wanted instruments of a stream that carries all instruments of a group, such as the contracts of a base coin:
 * some or all. The name of the group ({@code BTC}) stands for all.
 */
public final class Contracts {

    private final Set<String> wanted = new LinkedHashSet<>();
    private final String group;
    private boolean all;

    public Contracts(String group) {
        this.group = group;
    }

    /** The base coin of a contract; other symbols are returned as they are. */
    public static String baseCoin(String symbol) {
        int dash = symbol.indexOf('-');
        return dash < 0 ? symbol : symbol.substring(0, dash);
    }

    /** Whether the text is the valid symbol of a contract of the base coin. */
    public static boolean isOf(String baseCoin, String symbol) {
        int dash = baseCoin.length();
        return symbol.length() > dash
                && symbol.charAt(dash) == '-'
                && symbol.startsWith(baseCoin)
                && Symbols.valid(symbol);
    }

    public void add(String symbol) {
        if (isContract(symbol)) {
            wanted.add(symbol);
        } else {
            all = true;
        }
    }

    /**
     * Removes a wanted symbol.
     *
     * @return whether none is wanted any more
     */
    public boolean remove(String symbol) {
        if (isContract(symbol)) {
            wanted.remove(symbol);
        } else {
            all = false;
        }
        return wanted.isEmpty() && !all;
    }

    public boolean wants(String contract) {
        return all || wanted.contains(contract);
    }

    /** Whether the contract itself is wanted, not only its base coin. */
    public boolean names(String contract) {
        return wanted.contains(contract);
    }

    /** The wanted symbols as they were subscribed. */
    public List<String> symbols(String baseCoin) {
        List<String> symbols = new ArrayList<>(wanted);
        if (all) {
            symbols.add(baseCoin);
        }
        return symbols;
    }

    private boolean isContract(String symbol) {
        return !symbol.equals(group);
    }
}
