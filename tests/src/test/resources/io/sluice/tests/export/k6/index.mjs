// check and sleep as k6 has them; sleep does not wait.
export const checks = { passed: 0, failed: 0 };

export function check(value, conditions) {
  for (const [name, condition] of Object.entries(conditions)) {
    const met = condition(value);
    checks[met ? 'passed' : 'failed'] += 1;
    if (!met) console.log(`failed: ${name} (${value.status})`);
  }
}

export function sleep() {}
