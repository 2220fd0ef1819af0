import type { ProjectScope } from '../scope.ts';
import { type DetectorName, detectorNames } from './detectors.ts';

const words: Readonly<Partial<Record<DetectorName, RegExp>>> = {
  email: /e-?mail|邮箱|邮件/i,
  phone: /phone|mobile|电话|手机/i,
  'chinese-id': /\bid\b|identity|passport|身份证|证件/i,
  iban: /iban|bank|银行/i,
  'credit-card': /card|payment|信用卡|支付/i,
  'ip-address': /\bip\b|address|地址/i,
};
const personal = /person|customer|patient|user|employee|member|gdpr|privacy|个人|客户|顾客|患者|用户|员工|隐私/i;
/** Where it speaks of people and not of what is known of them, or data may not leave. */
const ofPeople: readonly DetectorName[] = ['email', 'phone', 'chinese-id', 'iban', 'credit-card'];

/** What the scope gives reason to switch on, by what it says of privacy and whether data may leave. */
export function suggestedDetectors(scope: ProjectScope): DetectorName[] {
  if (scope === null) return [];
  const { privacy, dataMayLeave } = scope;
  const wide = !dataMayLeave || personal.test(privacy);
  return detectorNames.filter((name) => words[name]?.test(privacy) || (wide && ofPeople.includes(name)));
}
