package dev.livefeed.connector.session;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.resolver.InetSocketAddressResolver;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Resolves host names outside the event loop: the system's resolver may block for tens of seconds while DNS does not
 * respond, which must not delay open sockets.
 *
 * <p>At most {@link #THREADS} lookups run at a time, and {@link #MAX_QUEUED} are queued. Each completes or fails within
 * the timeout, although the system's lookup may go on.
 */
final class NameResolver extends AddressResolverGroup<InetSocketAddress> {

    private static final Logger LOG = LoggerFactory.getLogger(NameResolver.class);

    private static final int THREADS = 2;
    private static final int MAX_QUEUED = 64;

    private final Lookup lookup;
    private final Duration timeout;
    private final ThreadPoolExecutor threads;

    /** A blocking lookup of a name's addresses. */
    interface Lookup {

        List<InetAddress> addresses(String name) throws UnknownHostException;
    }

    /** Uses the system's resolver. */
    NameResolver(Duration timeout) {
        this(name -> List.of(InetAddress.getAllByName(name)), timeout);
    }

    NameResolver(Lookup lookup, Duration timeout) {
        this.lookup = lookup;
        this.timeout = timeout;
        threads = new ThreadPoolExecutor(
                THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MAX_QUEUED), task -> {
                    Thread thread = new Thread(task, "names");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor loop) {
        return new InetSocketAddressResolver(loop, new Resolver(loop));
    }

    @Override
    public void close() {
        threads.shutdownNow();
        super.close();
    }

    private final class Resolver extends InetNameResolver {

        private final EventExecutor loop;

        Resolver(EventExecutor loop) {
            super(loop);
            this.loop = loop;
        }

        @Override
        protected void doResolve(String name, Promise<InetAddress> promise) {
            resolve(name, promise, all -> all.get(0));
        }

        @Override
        protected void doResolveAll(String name, Promise<List<InetAddress>> promise) {
            resolve(name, promise, all -> all);
        }

        private <T> void resolve(String name, Promise<T> promise, Function<List<InetAddress>, T> selection) {
            byte[] literal = NetUtil.createByteArrayFromIpAddressString(name);
            try {
                if (literal != null) {
                    promise.setSuccess(selection.apply(List.of(InetAddress.getByAddress(name, literal))));
                    return;
                }
                threads.execute(() -> {
                    try {
                        T found = selection.apply(lookup.addresses(name));
                        complete(() -> promise.trySuccess(found));
                    } catch (UnknownHostException e) {
                        complete(() -> promise.tryFailure(e));
                    } catch (RuntimeException e) {
                        complete(() -> promise.tryFailure(new UnknownHostException(name + ": " + e)));
                    }
                });
                var timer = loop.schedule(
                        () -> promise.tryFailure(
                                new UnknownHostException(name + ": not resolved within " + timeout.toMillis() + " ms")),
                        timeout.toMillis(),
                        TimeUnit.MILLISECONDS);
                promise.addListener(done -> timer.cancel(false));
            } catch (UnknownHostException e) {
                promise.setFailure(e);
            } catch (RejectedExecutionException e) {
                promise.setFailure(new UnknownHostException(name + ": too many lookups are pending"));
            }
        }

        /** Completes a lookup on the event loop; ignored if the loop has been shut down. */
        private void complete(Runnable completion) {
            try {
                loop.execute(completion);
            } catch (RejectedExecutionException e) {
                LOG.debug("A lookup completed after the event loop was shut down");
            }
        }
    }
}
