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
 * Looks names up beside the loop: the system's resolver may take tens of seconds while DNS does not answer, and the
 * sockets that are open must not wait for it.
 *
 * <p>At most {@link #THREADS} lookups at a time and {@link #WAITING} more; each is answered or fails within the limit,
 * though the system may go on looking.
 */
final class NameResolver extends AddressResolverGroup<InetSocketAddress> {

    private static final Logger LOG = LoggerFactory.getLogger(NameResolver.class);

    private static final int THREADS = 2;
    private static final int WAITING = 64;

    private final Lookup lookup;
    private final Duration limit;
    private final ThreadPoolExecutor threads;

    /** The system's way from a name to its addresses, which may block. */
    interface Lookup {

        List<InetAddress> addresses(String name) throws UnknownHostException;
    }

    /** Names by the system's resolver. */
    NameResolver(Duration limit) {
        this(name -> List.of(InetAddress.getAllByName(name)), limit);
    }

    NameResolver(Lookup lookup, Duration limit) {
        this.lookup = lookup;
        this.limit = limit;
        threads = new ThreadPoolExecutor(
                THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), task -> {
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
        protected void doResolve(String name, Promise<InetAddress> answer) {
            look(name, answer, all -> all.get(0));
        }

        @Override
        protected void doResolveAll(String name, Promise<List<InetAddress>> answer) {
            look(name, answer, all -> all);
        }

        private <T> void look(String name, Promise<T> answer, Function<List<InetAddress>, T> choice) {
            byte[] literal = NetUtil.createByteArrayFromIpAddressString(name);
            try {
                if (literal != null) {
                    answer.setSuccess(choice.apply(List.of(InetAddress.getByAddress(name, literal))));
                    return;
                }
                threads.execute(() -> {
                    try {
                        T found = choice.apply(lookup.addresses(name));
                        tell(() -> answer.trySuccess(found));
                    } catch (UnknownHostException e) {
                        tell(() -> answer.tryFailure(e));
                    } catch (RuntimeException e) {
                        tell(() -> answer.tryFailure(new UnknownHostException(name + ": " + e)));
                    }
                });
                var timer = loop.schedule(
                        () -> answer.tryFailure(new UnknownHostException(
                                name + ": the name was not found out within " + limit.toMillis() + " ms")),
                        limit.toMillis(),
                        TimeUnit.MILLISECONDS);
                answer.addListener(done -> timer.cancel(false));
            } catch (UnknownHostException e) {
                answer.setFailure(e);
            } catch (RejectedExecutionException e) {
                answer.setFailure(new UnknownHostException(name + ": too many names are being looked up"));
            }
        }

        /** On the loop; a lookup that ends after it tells nobody. */
        private void tell(Runnable word) {
            try {
                loop.execute(word);
            } catch (RejectedExecutionException e) {
                LOG.debug("A name was found out after the end");
            }
        }
    }
}
