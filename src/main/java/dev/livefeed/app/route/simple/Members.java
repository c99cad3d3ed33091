package dev.livefeed.app.route.simple;

import java.util.Iterator;
import org.apache.camel.StreamCache;
import org.apache.camel.TypeConverter;
import org.apache.camel.WrappedFile;
import org.apache.camel.support.ObjectHelper;

/** The operators {@code in} and {@code contains}. */
final class Members {

    private Members() {}

    /** Whether the value is one of a list, such as a text with commas. */
    static boolean in(TypeConverter converter, Object value, Object list) {
        return list != null && any(converter, value, list, false);
    }

    /** Whether a text contains another, or a collection an element. */
    static boolean contains(TypeConverter converter, Object whole, Object part, boolean ignoreCase) {
        if (whole == null || part == null) {
            return whole == part;
        }
        if (whole instanceof CharSequence
                || whole instanceof byte[]
                || whole instanceof StreamCache
                || whole instanceof WrappedFile<?>) {
            return found(converter, whole, part, ignoreCase);
        }
        return any(converter, part, whole, ignoreCase) || found(converter, whole, part, ignoreCase);
    }

    private static boolean found(TypeConverter converter, Object whole, Object part, boolean ignoreCase) {
        try {
            return ObjectHelper.typeCoerceContains(converter, whole, part, ignoreCase);
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static boolean any(TypeConverter converter, Object value, Object list, boolean ignoreCase) {
        Iterator<?> members = ObjectHelper.createIterator(list);
        while (members.hasNext()) {
            if (ExactValues.equal(converter, value, members.next(), ignoreCase)) {
                return true;
            }
        }
        return false;
    }
}
