package dev.livefeed.connector.bybit.topic;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Whose trades are wanted of a topic that holds those of all contracts of a base coin: of some contracts, or of all.
 *
 * <p>A symbol with a dash is a contract ({@code BTC-27NOV26-70000-C}), one without is the base coin and means all.
 */
public final class Contracts {

    private final Set<String> wanted = new LinkedHashSet<>();
    private boolean all;

    /** The base coin of a contract; what is none is returned as it is. */
    public static String baseCoin(String symbol) {
        int dash = symbol.indexOf('-');
        return dash < 0 ? symbol : symbol.substring(0, dash);
    }

    public void add(String symbol) {
        if (isContract(symbol)) {
            wanted.add(symbol);
        } else {
            all = true;
        }
    }

    /**
     * The symbol is wanted no longer.
     *
     * @return whether nothing is wanted any more
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

    /** Whether the contract is wanted by its own name. */
    boolean names(String contract) {
        return wanted.contains(contract);
    }

    /** What is wanted, as it was asked for. */
    List<String> symbols(String baseCoin) {
        List<String> symbols = new ArrayList<>(wanted);
        if (all) {
            symbols.add(baseCoin);
        }
        return symbols;
    }

    private static boolean isContract(String symbol) {
        return symbol.indexOf('-') >= 0;
    }
}
