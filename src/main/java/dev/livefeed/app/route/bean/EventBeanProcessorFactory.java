package dev.livefeed.app.route.bean;

import dev.livefeed.protocol.model.Event;
import java.lang.invoke.LambdaConversionException;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.BeanScope;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.component.bean.BeanProcessor;
import org.apache.camel.spi.BeanProcessorFactory;

/**
 * Creates {@code bean} steps. A method that takes an event and returns nothing, such as {@code market.trade(Trade)}, is
 * called directly; Camel chooses the method and converts its arguments again for each message, which takes several
 * times as long. All other steps are Camel's own.
 */
public final class EventBeanProcessorFactory implements BeanProcessorFactory {

    private final BeanProcessorFactory camel;

    /** @param camel creates the steps, and calls the methods that are not called directly */
    public EventBeanProcessorFactory(BeanProcessorFactory camel) {
        this.camel = camel;
    }

    @Override
    public Processor createBeanProcessor(CamelContext context, Object bean, Method method) throws Exception {
        return camel.createBeanProcessor(context, bean, method);
    }

    @Override
    public Processor createBeanProcessor(
            CamelContext context,
            Object bean,
            String beanType,
            Class<?> beanClass,
            String ref,
            String method,
            BeanScope scope)
            throws Exception {
        Processor step = camel.createBeanProcessor(context, bean, beanType, beanClass, ref, method, scope);
        if (ref == null || method == null || scope != BeanScope.Singleton || !(step instanceof BeanProcessor called)) {
            return step;
        }
        Object target = called.getBean();
        Method found = target == null ? null : eventMethod(target.getClass(), method);
        Consumer<Object> direct = found == null ? null : call(target, found);
        return direct == null ? step : new EventBeanProcessor(called, found.getParameterTypes()[0], direct);
    }

    /**
     * The only public method of the name, if it takes nothing but an event, returns nothing and has no annotations, as
     * Camel has them; else null.
     */
    private static Method eventMethod(Class<?> type, String name) {
        List<Method> named = Stream.of(type.getMethods())
                .filter(method -> method.getName().equals(name))
                .toList();
        if (named.size() != 1) {
            return null;
        }
        Method method = named.get(0);
        boolean takesEvent = !Modifier.isStatic(method.getModifiers())
                && method.getAnnotations().length == 0
                && method.getReturnType() == void.class
                && method.getParameterCount() == 1
                && Event.class.isAssignableFrom(method.getParameterTypes()[0])
                && Arrays.stream(method.getParameterAnnotations()).allMatch(annotations -> annotations.length == 0);
        return takesEvent ? method : null;
    }

    /** Null if the method cannot be called from here, such as one of a class that is not public. */
    @SuppressWarnings("unchecked")
    private static Consumer<Object> call(Object bean, Method method) {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            MethodHandle handle = lookup.unreflect(method);
            MethodType takesObject = MethodType.methodType(void.class, Object.class);
            return (Consumer<Object>) LambdaMetafactory.metafactory(
                            lookup,
                            "accept",
                            MethodType.methodType(Consumer.class, method.getDeclaringClass()),
                            takesObject,
                            handle,
                            MethodType.methodType(void.class, method.getParameterTypes()[0]))
                    .getTarget()
                    .invoke(bean);
        } catch (IllegalAccessException | LambdaConversionException | LinkageError e) {
            return null;
        } catch (Throwable e) {
            throw new IllegalStateException("the method " + method + " cannot be called", e);
        }
    }
}
