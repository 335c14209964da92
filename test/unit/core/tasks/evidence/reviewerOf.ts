import type { Core } from '../../../../../src/core';
import { createPermissions } from '../../../../../src/core/agent/permissions';
import { createTalk } from '../../../../../src/core/agent/turn/talk';
import { createHome } from '../../../../../src/core/home';
import { steeringAround } from '../../../../../src/core/steering/steeringAround';
import { createReviewer, type Reviewer } from '../../../../../src/core/tasks/evidence/reviewer';

/** The reviewer of a core, to be asked without a run. */
export function reviewerOf({ ports, specs, sessions }: Core): Reviewer {
  const permissions = createPermissions(ports, createHome('/home/.earshot', ports.hasher));
  const around = [steeringAround({ files: ports.files, reading: () => ports.files })];
  const talk = createTalk({ ports, specs, permissions, around, onWrite: () => {} });
  return createReviewer(ports, sessions, permissions, talk);
}
