package io.sluice.tests.bench;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Sums the processor time of Spark's tasks, which other programs on the machine hardly change. */
public final class TaskCpu extends SparkListener {
    private static final AtomicLong NANOS = new AtomicLong();

    /** Processor seconds of all tasks that have ended since this was last asked. */
    static double takeSeconds() {
        return NANOS.getAndSet(0) / 1e9;
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd task) {
        if (task.taskMetrics() != null) {
            NANOS.addAndGet(task.taskMetrics().executorCpuTime());
        }
    }
}
